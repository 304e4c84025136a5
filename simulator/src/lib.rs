//! A stand-in for CC-iSales.
