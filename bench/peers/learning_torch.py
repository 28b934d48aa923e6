"""The learning engine's yardsticks in PyTorch, one thread: a loop over agents, and agents stacked for bmm.

Prints one JSON object: agent-steps per second of processor time. Needs Debian's python3-torch.
"""
import json
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(1)
AGENTS, BATCH = 256, 32


def rate(step, work, rounds=7, seconds=0.4):
    step()
    rates = []
    for _ in range(rounds):
        start, turns = time.process_time(), 0
        while time.process_time() - start < seconds:
            step()
            turns += 1
        rates.append(turns * work / (time.process_time() - start))
    return sorted(rates)[rounds // 2]


def stacked(parameters, forward, x, y):
    optimiser = torch.optim.Adam(parameters, lr=1e-3)

    def step():
        optimiser.zero_grad()
        # One mean squared error an agent, summed: every agent's own gradient.
        loss = ((forward(x) - y) ** 2).mean(dim=(1, 2)).sum()
        loss.backward()
        optimiser.step()

    return step


def weights(agents, rows, columns):
    return (torch.rand(agents, rows, columns) * 0.3 - 0.15).requires_grad_()


def mlp(agents):
    w = [weights(agents, a, b) for a, b in ((24, 32), (32, 16), (16, 8))]
    b = [weights(agents, 1, n) for n in (32, 16, 8)]

    def forward(x):
        h = torch.relu(torch.baddbmm(b[0], x, w[0]))
        h = torch.relu(torch.baddbmm(b[1], h, w[1]))
        return torch.baddbmm(b[2], h, w[2])

    x, y = torch.rand(agents, BATCH, 24), torch.rand(agents, BATCH, 8)
    return stacked(w + b, forward, x, y)


def dense():
    return torch.nn.Sequential(
        torch.nn.Linear(24, 32), torch.nn.ReLU(), torch.nn.Linear(32, 16), torch.nn.ReLU(), torch.nn.Linear(16, 8)
    )


def loop(agents, make, width):
    steps = []
    for _ in range(agents):
        net = make()
        x, y = torch.rand(BATCH, width), torch.rand(BATCH, 8)
        optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)

        def step(net=net, x=x, y=y, optimiser=optimiser):
            optimiser.zero_grad()
            torch.nn.functional.mse_loss(net(x), y).backward()
            optimiser.step()

        steps.append(step)

    def all_steps():
        for step in steps:
            step()

    return all_steps


def lstm(agents):
    wx, wh, b = weights(agents, 8, 64), weights(agents, 16, 64), weights(agents, 1, 64)
    wo, bo = weights(agents, 16, 8), weights(agents, 1, 8)

    def forward(x):
        h = c = torch.zeros(agents, BATCH, 16)
        for day in range(20):
            gates = torch.baddbmm(torch.baddbmm(b, x[:, :, 8 * day : 8 * day + 8], wx), h, wh)
            i, f, g, o = gates.chunk(4, dim=2)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(c)
        return torch.baddbmm(bo, h, wo)

    x, y = torch.rand(agents, BATCH, 160), torch.rand(agents, BATCH, 8)
    return stacked([wx, wh, b, wo, bo], forward, x, y)


MASK = torch.full((20, 20), float("-inf")).triu(1)


def norm(x, scale, shift):
    return torch.nn.functional.layer_norm(x, (16,)) * scale + shift


def transformer(agents):
    embed, places = weights(agents, 8, 16), weights(agents, 1, 320)
    q, k, v, mix = (weights(agents, 16, 16) for _ in range(4))
    inner, outer, out = weights(agents, 16, 32), weights(agents, 32, 16), weights(agents, 16, 8)
    be, bq, bk, bv, bm, bo = (weights(agents, 1, 16) for _ in range(6))
    bi, bout = weights(agents, 1, 32), weights(agents, 1, 8)
    norms = [weights(agents, 1, 16) for _ in range(6)]

    def heads(x):
        return x.view(agents, BATCH, 20, 2, 8).transpose(2, 3)

    def forward(x):
        days = torch.baddbmm(be, x.view(agents, BATCH * 20, 8), embed)
        days = (days.view(agents, BATCH, 320) + places).view(agents, BATCH * 20, 16)
        given = norm(days, norms[0], norms[1])
        qs, ks, vs = (heads(torch.baddbmm(b, given, w)) for b, w in ((bq, q), (bk, k), (bv, v)))
        scores = torch.softmax(qs @ ks.transpose(3, 4) / 8**0.5 + MASK, dim=4)
        attended = (scores @ vs).transpose(2, 3).reshape(agents, BATCH * 20, 16)
        mixed = days + torch.baddbmm(bm, attended, mix)
        hidden = torch.relu(torch.baddbmm(bi, norm(mixed, norms[2], norms[3]), inner))
        after = mixed + torch.baddbmm(bo, hidden, outer)
        last = norm(after.view(agents, BATCH, 20, 16)[:, :, -1], norms[4], norms[5])
        return torch.baddbmm(bout, last, out)

    x, y = torch.rand(agents, BATCH, 160), torch.rand(agents, BATCH, 8)
    every = [embed, places, q, k, v, mix, inner, outer, out, be, bq, bk, bv, bm, bo, bi, bout, *norms]
    return stacked(every, forward, x, y)


class Attending(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = torch.nn.Linear(8, 16)
        self.places = torch.nn.Parameter(torch.rand(20, 16))
        self.block = torch.nn.TransformerEncoderLayer(
            16, 2, dim_feedforward=32, dropout=0.0, batch_first=True, norm_first=True
        )
        self.norm = torch.nn.LayerNorm(16)
        self.out = torch.nn.Linear(16, 8)

    def forward(self, x):
        days = self.block(self.embed(x.view(-1, 20, 8)) + self.places, src_mask=MASK)
        return self.out(self.norm(days[:, -1]))


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "mlpLoop": rate(loop(64, dense, 24), 64),
            "mlpStacked": rate(mlp(AGENTS), AGENTS),
            "lstmStacked": rate(lstm(AGENTS), AGENTS),
            "transformerLoop": rate(loop(16, Attending, 160), 16),
            "transformerStacked": rate(transformer(AGENTS), AGENTS),
        }
    )
)
