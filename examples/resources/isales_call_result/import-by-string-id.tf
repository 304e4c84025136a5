import {
  to = isales_call_result.wrong_number
  id = "25/1645244637"
}
