import {
  to = isales_call_result.wrong_number
  identity = {
    vdn_id = 25
    def_id = "1645244637"
  }
}
