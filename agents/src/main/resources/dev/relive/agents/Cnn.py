# A convolutional network: kernels of 3 by 3 with stride 1 and no padding, then the fully connected layers of Dense.py.
# With one convolution of 16 channels and one hidden layer of 128 it is the network of Young and Tian, "MinAtar: An
# Atari-Inspired Testbed for Thorough and Reproducible Reinforcement Learning Experiments", 2019.
#
# theta  [K_1, b_1, ..., K_C, b_C, W_1, b_1, ..., W_L, b_L], K_i of shape [outputs, inputs, 3, 3] as in torch.nn.Conv2d
# x      [batch, frames * rows * columns * channels]: an observation is frames one behind the other, each
#        [row][column][channel]

def layers(self, theta: List[Tensor], x: Tensor) -> List[Tensor]:
    # [c_0, c_1, ..., c_C, flat c_C, h_1, ..., h_{L-1}, y]: c_i = f(K_i * c_{i-1} + b_i), the rest as Dense.py has it
    h = [self.image(x)]
    for i in range(self.convolutions):
        z = torch.convolution(h[-1], theta[2 * i], theta[2 * i + 1], [1, 1], [0, 0], [1, 1], False, [0, 0], 1)
        h.append(self.activate(z))
    h.extend(self.dense(theta[2 * self.convolutions:], torch.flatten(h[-1], 1)))
    return h

def image(self, x: Tensor) -> Tensor:
    # [batch, frames * channels, rows, columns], as convolutions take it: a frame's channels, then the next one's
    frames = x.view([-1, self.frames, self.rows, self.columns, self.channels])
    return torch.flatten(torch.permute(frames, [0, 1, 4, 2, 3]), 1, 2).contiguous()

def backward(self, theta: List[Tensor], h: List[Tensor], dl_dy: Tensor, gradient: List[Tensor]) -> None:
    # The chain rule from the last layer to the first; gradient, shaped like theta, receives dL/dtheta.
    first = 2 * self.convolutions
    dl_dz = self.dense_backward(theta[first:], h[self.convolutions + 1:], dl_dy, gradient[first:])
    dl_dc = torch.mm(dl_dz, theta[first]).view(torch.size(h[self.convolutions]))
    for i in range(self.convolutions - 1, -1, -1):
        dl_dz = self.activate_backward(dl_dc, h[i + 1])
        _, dl_dk, dl_db = torch.convolution_backward(
            dl_dz, h[i], theta[2 * i], [len(theta[2 * i])], [1, 1], [0, 0], [1, 1], False, [0, 0], 1,
            [False, True, True])
        gradient[2 * i].copy_(dl_dk)
        gradient[2 * i + 1].copy_(dl_db)
        if i > 0:
            # On its own: what a call leaves undefined, TorchScript cannot type if it is ever used.
            dl_dc, _, _ = torch.convolution_backward(
                dl_dz, h[i], theta[2 * i], [len(theta[2 * i])], [1, 1], [0, 0], [1, 1], False, [0, 0], 1,
                [True, False, False])
