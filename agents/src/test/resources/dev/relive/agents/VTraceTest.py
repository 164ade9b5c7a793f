def errors_and_advantages(self, v_tm1: Tensor, r_t: Tensor, discount_t: Tensor, ratio_tm1: Tensor, doublings: int,
                          out_error: Tensor, out_advantage: Tensor) -> None:
    errors_and_advantages = self.v_trace(v_tm1, r_t, discount_t, ratio_tm1, doublings)
    out_error.copy_(errors_and_advantages[0])
    out_advantage.copy_(errors_and_advantages[1])
