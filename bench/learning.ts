// Speed of the learning engine on one thread, G = 256 agents, minibatches of 32, Adam.
import { interpreter } from '../agents/learning/interpreter/interpreter.js';
import { oracle } from '../agents/learning/oracle.js';
import type { Bench, Row } from './figure.js';
import { hand } from './learning/hand.js';
import { torchRates } from './learning/peers.js';
import { race, medianRate, ratio } from './learning/timing.js';
import { crowd, lstmStep, mlpStep, transformerStep } from './learning/traced.js';

const AGENTS = 256;

/** Multiplications and additions of one agent-step of the yardstick network. */
const MLP_FLOPS = 221_184;

const [mlp, fused, ceiling, reference, lstm, transformer] = [0, 1, 2, 3, 4, 5] as const;

async function measured(): Promise<number[][]> {
  const simd = interpreter();
  if (!simd) throw new Error('this platform has no WebAssembly SIMD: nothing to compare with the oracle');
  const byHand = await hand(AGENTS);
  return race([
    crowd('mlp', simd, mlpStep(), AGENTS),
    byHand.fused,
    byHand.ceiling,
    crowd('oracle', oracle, mlpStep(), 16),
    crowd('lstm', simd, lstmStep(), AGENTS),
    crowd('transformer', simd, transformerStep(), AGENTS),
  ]);
}

function own(rates: number[][]): Row[] {
  const steps = (what: string, of: number, against?: string): Row => ({
    what: `${what}: agent-steps`,
    value: medianRate(rates, of) / 1000,
    unit: 'k/s',
    ...(against && { against }),
  });
  return [
    steps('MLP 24-32-16-8', mlp),
    {
      what: 'MLP 24-32-16-8: share of the ceiling',
      value: ratio(rates, mlp, ceiling) * MLP_FLOPS,
      unit: 'of it',
      against: `multiply-adds of this WebAssembly, ${(medianRate(rates, ceiling) / 1e9).toFixed(1)} GFLOP/s; stretch 0.65`,
      target: { atLeast: 0.6 },
    },
    {
      what: 'MLP 24-32-16-8: traced program',
      value: ratio(rates, mlp, fused),
      unit: 'times',
      against: 'the same network fused by hand',
      target: { atLeast: 0.85 },
    },
    {
      what: 'MLP 24-32-16-8: interpreter',
      value: ratio(rates, mlp, reference),
      unit: 'times',
      against: 'the oracle in plain TypeScript (G = 16)',
    },
    steps('LSTM 20x8-16-8', lstm),
    steps('transformer 20x8, width 16, 2 heads', transformer),
  ];
}

function besidePeers(rates: number[][]): Row[] {
  const torch = torchRates();
  if ('why' in torch) return [{ what: 'PyTorch', skipped: torch.why }];
  const row = (
    what: string,
    of: number,
    peer: number,
    how: string,
    atLeast: number,
    stretch?: number,
  ): Row => ({
    what,
    value: medianRate(rates, of) / peer,
    unit: 'times',
    against: `PyTorch ${torch.torch}, ${how}, ${(peer / 1000).toFixed(2)}k/s${stretch ? `; stretch ${stretch}` : ''}`,
    target: { atLeast },
  });
  return [
    row('MLP 24-32-16-8', mlp, torch.mlpLoop, 'loop over agents', 25),
    row('MLP 24-32-16-8', mlp, torch.mlpStacked, 'stacked bmm', 2.2, 2.5),
    row('LSTM 20x8-16-8', lstm, torch.lstmStacked, 'stacked bmm', 1.6, 1.8),
    row('transformer', transformer, torch.transformerLoop, 'loop over agents', 6.4),
    row('transformer', transformer, torch.transformerStacked, 'stacked bmm', 4.6),
  ];
}

/** The engine beside its ceiling, its oracle and PyTorch. */
export const learning: Bench = async () => {
  const rates = await measured();
  return [...own(rates), ...besidePeers(rates)];
};
