# Fully connected layers, forward and backward, for networks that consist of them or end with them.
#
# theta  [W_1, b_1, ..., W_L, b_L], W_i of shape [outputs, inputs] as in torch.nn.Linear
# x      [batch, inputs]

def dense(self, theta: List[Tensor], x: Tensor) -> List[Tensor]:
    # [x, h_1, ..., h_{L-1}, y]: h_i = f(h_{i-1} W_i' + b_i), y = h_{L-1} W_L' + b_L
    h = [x]
    for i in range(0, len(theta) - 2, 2):
        h.append(self.activate(torch.addmm(theta[i + 1], h[-1], torch.t(theta[i]))))
    h.append(torch.addmm(theta[-1], h[-1], torch.t(theta[-2])))
    return h

def dense_backward(self, theta: List[Tensor], h: List[Tensor], dl_dy: Tensor, gradient: List[Tensor]) -> Tensor:
    # The chain rule from the last layer to the first; gradient, shaped like theta, receives dL/dtheta. Returns dL/dz_1,
    # where z_1 = x W_1' + b_1.
    delta = dl_dy
    for layer in range(len(theta) // 2 - 1, -1, -1):
        torch.mm(torch.t(delta), h[layer], out=gradient[2 * layer])
        torch.sum(delta, [0], out=gradient[2 * layer + 1])
        if layer > 0:
            delta = self.activate_backward(torch.mm(delta, theta[2 * layer]), h[layer])
    return delta

def activate(self, z: Tensor) -> Tensor:
    if self.tanh:
        # tanh z = 2 sigmoid(2 z) - 1, which PyTorch has five times as fast
        return torch.sigmoid_(z.mul_(2.0)).mul_(2.0).sub_(1.0)
    return torch.relu_(z)

def activate_backward(self, dl_dh: Tensor, h: Tensor) -> Tensor:
    # dL/dz from dL/dh and h = f(z)
    if self.tanh:
        return torch.tanh_backward(dl_dh, h)
    return torch.threshold_backward(dl_dh, h, 0)
