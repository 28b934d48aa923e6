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


def mlp_loop(agents):
    steps = []
    for _ in range(agents):
        net = torch.nn.Sequential(
            torch.nn.Linear(24, 32), torch.nn.ReLU(), torch.nn.Linear(32, 16), torch.nn.ReLU(), torch.nn.Linear(16, 8)
        )
        x, y = torch.rand(BATCH, 24), torch.rand(BATCH, 8)
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


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "mlpLoop": rate(mlp_loop(64), 64),
            "mlpStacked": rate(mlp(AGENTS), AGENTS),
            "lstmStacked": rate(lstm(AGENTS), AGENTS),
        }
    )
)
