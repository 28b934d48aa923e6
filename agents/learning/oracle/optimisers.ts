import type { Kernel } from './frame.js';
import { place } from './frame.js';

const { fround: f } = Math;

export const adam: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const n = code[i + 2]!;
  const [parameters, gradient] = [place(frame, i + 3), place(frame, i + 4)];
  const [first, second, scalars] = [place(frame, i + 5), place(frame, i + 6), place(frame, i + 7)];
  const [beta1, beta2] = [m[i + 8]!, m[i + 9]!];
  const [rest1, rest2] = [f(1 - beta1), f(1 - beta2)];
  const [step, epsilon, decay] = [m[scalars]!, m[scalars + 1]!, m[scalars + 2]!];
  for (let j = 0; j < n; j++) {
    const g = m[gradient + j]!;
    const mean = f(f(beta1 * m[first + j]!) + f(rest1 * g));
    const square = f(f(beta2 * m[second + j]!) + f(f(rest2 * g) * g));
    m[first + j] = mean;
    m[second + j] = square;
    const move = f(f(step * mean) / f(f(Math.sqrt(square)) + epsilon));
    m[parameters + j] = f(f(m[parameters + j]! * decay) - move);
  }
};

export const gradientDescent: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [n, parameters, gradient] = [code[i + 2]!, place(frame, i + 3), place(frame, i + 4)];
  const scalars = place(frame, i + 5);
  const [step, decay] = [m[scalars]!, m[scalars + 2]!];
  for (let j = 0; j < n; j++)
    m[parameters + j] = f(f(m[parameters + j]! * decay) - f(step * m[gradient + j]!));
};

export const shrink: Kernel = (frame, i) => {
  const { bits: code, floats: m } = frame;
  const [a, n, threshold] = [place(frame, i + 2), code[i + 3]!, m[place(frame, i + 4) + 3]!];
  for (let j = a; j < a + n; j++) {
    const size = f(Math.abs(m[j]!) - threshold);
    const rest = size < 0 ? 0 : size;
    m[j] = m[j]! < 0 ? -rest : rest;
  }
};
