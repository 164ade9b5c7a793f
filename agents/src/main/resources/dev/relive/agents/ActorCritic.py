# Advantage actor-critic: Mnih et al., "Asynchronous Methods for Deep Reinforcement Learning", 2016, in its synchronous
# form, with the advantages A and the value's errors of VTrace.py. Both are constants to the gradient.
#
#   L = 1/B sum -log pi(a_tm1 | o_tm1) A_tm1 + value_weight 1/2 (v_tm1 + error_tm1 - v(o_tm1))^2
#                                            - entropy_weight H(pi(. | o_tm1))
#
# pi and v are one network: its outputs y are a logit per action, then the value.
#
# theta, gradient                          the network's tensors, see Mlp.py and Cnn.py
# flat_theta, flat_gradient, m, v, step    what Adam.py changes, each a list of one tensor
# o                                        [N, observation size], of which the first rows are in use; all others so too
# a, r, continues, mu                      [N, 1]: a_tm1 as int64, r_t, 0 where o_t is terminal and else 1, mu(a_tm1)
# is_step                                  [N, 1]: 1, and 0 in the tail of each piece, which is there for its v
# out_report                               [8]: receives the numbers at the end

def update(self, theta: List[Tensor], gradient: List[Tensor], flat_theta: List[Tensor], flat_gradient: List[Tensor],
           m: List[Tensor], v: List[Tensor], step: List[Tensor],
           o: Tensor, a: Tensor, r: Tensor, continues: Tensor, mu: Tensor, is_step: Tensor,
           rows: int, doublings: int, out_report: Tensor) -> None:
    device = theta[0].device
    o_tm1 = torch.narrow(o, 0, 0, rows).to(device)
    a_tm1 = torch.narrow(a, 0, 0, rows).to(device)
    r_t = torch.narrow(r, 0, 0, rows).to(device)
    discount_t = torch.narrow(continues, 0, 0, rows).to(device) * self.discount
    mu_tm1 = torch.narrow(mu, 0, 0, rows).to(device)
    step_tm1 = torch.narrow(is_step, 0, 0, rows).to(device)
    w_tm1 = step_tm1 / torch.sum(step_tm1)  # so that a mean over the B steps is a sum over all rows

    h_tm1 = self.layers(theta, o_tm1)
    y_tm1 = h_tm1[-1]
    actions = torch.size(y_tm1, 1) - 1
    log_pi = torch.log_softmax(torch.narrow(y_tm1, 1, 0, actions), 1)
    pi = torch.exp(log_pi)
    v_tm1 = torch.narrow(y_tm1, 1, actions, 1)
    log_pi_a = torch.gather(log_pi, 1, a_tm1)
    entropy = torch.neg(torch.sum(pi * log_pi, [1], True))

    ratio = torch.exp(log_pi_a - torch.log(mu_tm1)) * step_tm1
    error, advantage = self.v_trace(v_tm1, r_t, discount_t, ratio if self.corrects else step_tm1, doublings)

    # dL/dlogits = 1/B ((pi - onehot(a_tm1)) A + entropy_weight pi (log pi + H)),  dL/dv = -value_weight error / B
    chosen = torch.scatter(torch.zeros_like(pi), 1, a_tm1, 1.0)
    dl_dlogits = (pi - chosen) * advantage + pi * (log_pi + entropy) * self.entropy_weight
    dl_dy = torch.cat([dl_dlogits, error * -self.value_weight], 1) * w_tm1
    self.backward(theta, h_tm1, dl_dy, gradient)
    norm = self.clip_and_step(flat_theta, flat_gradient, m, v, step)

    out_report.copy_(torch.stack([
        torch.neg(torch.sum(w_tm1 * log_pi_a * advantage)),
        torch.sum(w_tm1 * error * error) * 0.5,
        torch.sum(w_tm1 * entropy),
        torch.sum(w_tm1 * v_tm1),
        1.0 - self.variance(w_tm1, error) / self.variance(w_tm1, v_tm1 + error),
        torch.sum(w_tm1 * torch.abs(advantage)),
        torch.sum(w_tm1 * ratio),
        norm]))

def variance(self, w: Tensor, x: Tensor) -> Tensor:
    d = x - torch.sum(w * x)
    return torch.sum(w * d * d)
