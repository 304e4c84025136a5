import {
  to = isales_call_batch.spring
  id = "25/46/174712034211433247704877116507"
}
