//! Proxies on this machine.

use std::{
    io::{Read as _, Write as _, copy},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    thread,
    time::Duration,
};

/// Starts a proxy that opens every tunnel that it is asked for. Returns its port.
pub fn open_proxy() -> u16 {
    serve(|mut client, request| {
        let server = request.split(' ').nth(1).expect("an authority");
        let Ok(server) = TcpStream::connect(server) else {
            return;
        };
        let (mut from_client, mut to_server) = (client.try_clone(), server.try_clone());
        client
            .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            .expect("a client");
        thread::spawn(move || {
            if let (Ok(from), Ok(to)) = (&mut from_client, &mut to_server) {
                // Either side may end at any time.
                let _ended = copy(from, to);
                let _closed = to.shutdown(Shutdown::Write);
            }
        });
        let mut server = server;
        let _ended = copy(&mut server, &mut client);
        let _closed = client.shutdown(Shutdown::Both);
    })
}

/// Starts a proxy that gives each CONNECT this answer and closes the connection. Returns its port.
pub fn refusing_proxy(answer: &'static str) -> u16 {
    serve(move |mut client, _| {
        let _sent = client.write_all(answer.as_bytes());
    })
}

/// Starts something that accepts connections and says nothing. Returns its port.
pub fn silent_server() -> u16 {
    serve(|client, _| {
        thread::sleep(Duration::from_secs(60));
        drop(client);
    })
}

/// Calls a function with each connection and the head of its first request, on threads of their own.
fn serve(answer: impl Fn(TcpStream, &str) + Clone + Send + 'static) -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for client in listener.incoming() {
            let answer = answer.clone();
            thread::spawn(move || {
                let Ok(mut client) = client else {
                    return;
                };
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && head.len() < 8192 {
                    match client.read(&mut byte) {
                        Ok(1) => head.extend(byte),
                        _ => return,
                    }
                }
                answer(client, &String::from_utf8_lossy(&head));
            });
        }
    });
    port
}
