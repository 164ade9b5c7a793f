# V-trace: Espeholt et al., "IMPALA: Scalable Distributed Deep-RL with Importance Weighted Actor-Learner Architectures",
# 2018, with the lambda of its appendix. With ratios of 1 its errors are the generalized advantages of Schulman et al.,
# "High-Dimensional Continuous Control Using Generalized Advantage Estimation", 2016, and its targets those of TD(lambda).
#
#   rho_tm1   = min(rho_bar, pi(a_tm1 | o_tm1) / mu(a_tm1 | o_tm1))
#   c_tm1     = lambda min(c_bar, pi(a_tm1 | o_tm1) / mu(a_tm1 | o_tm1))
#   delta_tm1 = rho_tm1 (r_t + discount_t v_t - v_tm1)
#   error_tm1 = delta_tm1 + discount_t c_tm1 error_t                    so that v_tm1 + error_tm1 is the value's target
#   A_tm1     = rho_tm1 (r_t + discount_t (v_t + lambda error_t) - v_tm1)
#
# All are [rows, 1]. Trajectories lie one behind the other, each with a row per step and one more, its tail, so what is
# called _t of a row is the next row's _tm1. Tails have the ratio 0, and with it no error and no advantage.

def v_trace(self, v_tm1: Tensor, r_t: Tensor, discount_t: Tensor, ratio_tm1: Tensor,
            doublings: int) -> Tuple[Tensor, Tensor]:
    # (error_tm1, A_tm1)
    rho_tm1 = torch.clamp(ratio_tm1, max=self.max_rho)
    c_tm1 = torch.clamp(ratio_tm1, max=self.max_c) * self.lambda_
    v_t = torch.roll(v_tm1, [-1], [0])

    error_tm1 = self.sums_to_come(rho_tm1 * (r_t + discount_t * v_t - v_tm1), discount_t * c_tm1, doublings)

    error_t = torch.roll(error_tm1, [-1], [0])
    advantage_tm1 = rho_tm1 * (r_t + discount_t * (v_t + error_t * self.lambda_) - v_tm1)
    return (error_tm1, advantage_tm1)

def sums_to_come(self, x: Tensor, g: Tensor, doublings: int) -> Tensor:
    # y_tm1 = x_tm1 + g_tm1 y_t. After k rounds y holds the first 2^k summands and g their 2^k factors' product; a
    # product that reaches a tail is 0, so nothing comes from the next trajectory, nor from the first behind the last.
    y = x
    reach = 1
    for _ in range(doublings):
        y = y + g * torch.roll(y, [-reach], [0])
        g = g * torch.roll(g, [-reach], [0])
        reach = reach * 2
    return y
