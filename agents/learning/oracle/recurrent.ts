import { sigmoid32, tanh32 } from './float32.js';
import type { Kernel } from './frame.js';
import { place } from './frame.js';

const { fround: f } = Math;

export const lstmCell: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, width] = [code[i + 2]!, code[i + 3]!];
  const [gates, cell, newCell] = [place(frame, i + 4), place(frame, i + 5), place(frame, i + 6)];
  const [tanhCell, hidden] = [place(frame, i + 7), place(frame, i + 8)];
  for (let j = 0; j < rows * width; j++) {
    const z = gates + Math.floor(j / width) * 4 * width + (j % width);
    const enter = (m[z] = sigmoid32(m[z]!));
    const keep = (m[z + width] = sigmoid32(m[z + width]!));
    const candidate = (m[z + 2 * width] = tanh32(m[z + 2 * width]!));
    const show = (m[z + 3 * width] = sigmoid32(m[z + 3 * width]!));
    m[newCell + j] = f(f(keep * m[cell + j]!) + f(enter * candidate));
    m[tanhCell + j] = tanh32(m[newCell + j]!);
    m[hidden + j] = f(show * m[tanhCell + j]!);
  }
};

export const lstmCellBackward: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [rows, width] = [code[i + 2]!, code[i + 3]!];
  const [gates, cell, tanhCell] = [place(frame, i + 4), place(frame, i + 5), place(frame, i + 6)];
  const [toHidden, toCell, toGates] = [place(frame, i + 7), place(frame, i + 8), place(frame, i + 9)];
  for (let j = 0; j < rows * width; j++) {
    const at = Math.floor(j / width) * 4 * width + (j % width);
    const [enter, keep] = [m[gates + at]!, m[gates + at + width]!];
    const [candidate, show] = [m[gates + at + 2 * width]!, m[gates + at + 3 * width]!];
    const [t, d] = [m[tanhCell + j]!, m[toHidden + j]!];
    const through = f(m[toCell + j]! + f(f(d * show) * f(1 - f(t * t))));
    m[toGates + at] = f(f(f(through * candidate) * enter) * f(1 - enter));
    m[toGates + at + width] = f(f(f(through * m[cell + j]!) * keep) * f(1 - keep));
    m[toGates + at + 2 * width] = f(f(through * enter) * f(1 - f(candidate * candidate)));
    m[toGates + at + 3 * width] = f(f(f(d * t) * show) * f(1 - show));
    m[toCell + j] = f(through * keep);
  }
};
