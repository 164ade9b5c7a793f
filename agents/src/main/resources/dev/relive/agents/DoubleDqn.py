# Double Q-learning: van Hasselt, Guez and Silver, "Deep Reinforcement Learning with Double Q-learning", 2016, with the
# target network and the clipped error of Mnih et al., "Human-level control through deep reinforcement learning", 2015.
#
#   y_t = r_t + discount_t q(o_t, argmax_a q(o_t, a; theta); theta_minus)
#   L   = 1/B sum huber(y_t - q(o_tm1, a_tm1; theta))      huber(x) = x^2/2 if |x| <= delta, else delta (|x| - delta/2)
#
# where the index tm1 means "at t - 1", and discount_t is 0 after a terminal step.
#
# theta, gradient                          the network's tensors, see Mlp.py and Cnn.py
# flat_theta, flat_gradient, m, v, step    what Adam.py changes, each a list of one tensor
# theta_minus                              the target network's tensors
# flat_theta_minus, target_moves           moves by theta_minus + tau (theta - theta_minus) when it is time
# out_norm                                 []: receives |dL/dtheta| before clipping
# o_tm1, o_t                               [B, observation size]
# a_tm1                                    [B, 1] int64
# r_t, discount_t                          [B, 1]
# out_q, out_td_error                      [B, 1]: receive q(o_tm1, a_tm1; theta) and y_t less it

def update(self, theta: List[Tensor], gradient: List[Tensor], flat_theta: List[Tensor], flat_gradient: List[Tensor],
           m: List[Tensor], v: List[Tensor], step: List[Tensor],
           theta_minus: List[Tensor], flat_theta_minus: Tensor, target_moves: bool, out_norm: Tensor,
           o_tm1: Tensor, a_tm1: Tensor, r_t: Tensor, discount_t: Tensor, o_t: Tensor,
           out_q: Tensor, out_td_error: Tensor) -> None:
    device = theta[0].device
    a_tm1 = a_tm1.to(device)
    o_t = o_t.to(device)

    h_tm1 = self.layers(theta, o_tm1.to(device))
    q_tm1 = h_tm1[-1]
    q_t_value = self.layers(theta_minus, o_t)[-1]
    q_t_selector = self.layers(theta, o_t)[-1]

    a_t = torch.argmax(q_t_selector, 1, True)
    y_t = r_t.to(device) + discount_t.to(device) * torch.gather(q_t_value, 1, a_t)
    qa_tm1 = torch.gather(q_tm1, 1, a_tm1)
    td_error = y_t - qa_tm1

    # dL/dq is -clamp(td_error)/B at the action taken, and 0 elsewhere.
    dl_dqa = torch.clamp(td_error, -self.huber_delta, self.huber_delta) / -float(len(td_error))
    dl_dq = torch.scatter(torch.zeros_like(q_tm1), 1, a_tm1, dl_dqa)
    self.backward(theta, h_tm1, dl_dq, gradient)
    norm = self.clip_and_step(flat_theta, flat_gradient, m, v, step)

    if target_moves:
        flat_theta_minus.lerp_(flat_theta[0], self.tau)

    out_q.copy_(qa_tm1)
    out_td_error.copy_(td_error)
    out_norm.copy_(norm)
