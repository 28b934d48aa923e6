// Speed of the learning engine, as ratios in one run: npx tsx bench/learning.ts
import { interpreter } from '../agents/learning/interpreter/interpreter.js';
import { oracle } from '../agents/learning/oracle.js';
import { hand } from './learning/hand.js';
import { torchRates, type TorchRates } from './learning/peers.js';
import { race, medianRate, ratio } from './learning/timing.js';
import { crowd, lstmStep, mlpStep } from './learning/traced.js';

const AGENTS = 256;

/** Multiplications and additions of one agent-step of the yardstick network. */
const MLP_FLOPS = 221_184;

const simd = interpreter();
if (!simd) throw new Error('this platform has no WebAssembly SIMD: nothing to compare with the oracle');

const { ceiling, fused } = await hand(AGENTS);
const rates = race([
  crowd('traced', simd, mlpStep(), AGENTS),
  fused,
  ceiling,
  crowd('oracle', oracle, mlpStep(), 16),
  crowd('lstm', simd, lstmStep(), AGENTS),
]);

const print = (label: string, value: string, verdict = ''): void =>
  console.log(`${label.padEnd(58)}${value.padStart(12)}   ${verdict}`);

const atLeast = (label: string, value: number, target: number): void =>
  print(label, value.toFixed(2), `${value >= target ? 'pass' : 'short'} (>= ${target})`);

const rate = (of: number): string => `${(medianRate(rates, of) / 1000).toFixed(1)}k/s`;

print('MLP 24-32-16-8, batch 32, Adam, G = 256: agent-steps', rate(0));
print('the same fused by hand', rate(1));
print('the same on the oracle (G = 16)', rate(3));
print('LSTM 20x8-16-8, batch 32, Adam, G = 256: agent-steps', rate(4));
print('multiply-add ceiling', `${(medianRate(rates, 2) / 1e9).toFixed(1)} GFLOP/s`);
atLeast('traced / ceiling', ratio(rates, 0, 2) * MLP_FLOPS, 0.6);
atLeast('traced / fused by hand', ratio(rates, 0, 1), 0.87);
print('traced / oracle', ratio(rates, 0, 3).toFixed(1));

function comparePeers(torch: TorchRates): void {
  atLeast(`MLP / PyTorch ${torch.torch} loop over agents`, medianRate(rates, 0) / torch.mlpLoop, 25);
  atLeast('MLP / PyTorch stacked bmm', medianRate(rates, 0) / torch.mlpStacked, 2.2);
  atLeast('LSTM / PyTorch stacked bmm', medianRate(rates, 4) / torch.lstmStacked, 1.6);
}

const torch = torchRates();
if (torch) comparePeers(torch);
else print('PyTorch', 'skipped', 'apt-get install python3-torch');
