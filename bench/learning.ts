// Speed of the learning engine, as ratios in one run: npx tsx bench/learning.ts
import { interpreter } from '../agents/learning/interpreter/interpreter.js';
import { oracle } from '../agents/learning/oracle.js';
import { hand } from './learning/hand.js';
import { race, medianRate, ratio } from './learning/timing.js';
import { crowd, mlpStep } from './learning/traced.js';

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
]);

const print = (label: string, value: string, target = ''): void =>
  console.log(`${label.padEnd(58)}${value.padStart(12)}   ${target}`);

const rate = (of: number): string => `${(medianRate(rates, of) / 1000).toFixed(1)}k/s`;
const share = ratio(rates, 0, 2) * MLP_FLOPS;

print('MLP 24-32-16-8, batch 32, Adam, G = 256: agent-steps', rate(0));
print('the same fused by hand', rate(1));
print('the same on the oracle (G = 16)', rate(3));
print('multiply-add ceiling', `${(medianRate(rates, 2) / 1e9).toFixed(1)} GFLOP/s`);
print('traced / ceiling', share.toFixed(3), share >= 0.6 ? 'pass (>= 0.60)' : 'short (>= 0.60)');
const slower = ratio(rates, 1, 0);
print('fused / traced', slower.toFixed(3), slower <= 1.15 ? 'pass (<= 1.15)' : 'short (<= 1.15)');
print('traced / oracle', ratio(rates, 0, 3).toFixed(1));
