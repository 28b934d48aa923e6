// exp, log, tanh and sigmoid on four lanes, from additions, products and quotients alone: the constants and the
// order of operations are those of oracle/float32.ts, and so are the bits.

// @ts-ignore: decorator
@inline
function step(y: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(y, x), f32x4.splat(coefficient));
}

// @ts-ignore: decorator
@inline
export function exp4(value: v128): v128 {
  let x = f32x4.pmax(value, f32x4.splat(-87));
  x = f32x4.pmin(x, f32x4.splat(88));
  const n = f32x4.floor(f32x4.add(f32x4.mul(x, f32x4.splat(1.4426950408889634)), f32x4.splat(0.5)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let y = step(f32x4.splat(1.98756915e-4), r, 1.3981999507e-3);
  y = step(y, r, 8.3334519073e-3);
  y = step(y, r, 4.1665795894e-2);
  y = step(y, r, 1.6666665459e-1);
  y = step(y, r, 5.0000001201e-1);
  y = f32x4.mul(y, f32x4.mul(r, r));
  y = f32x4.add(f32x4.add(y, r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  let exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(x, 23), i32x4.splat(126)));
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(mantissa, f32x4.splat(0.7071067811865476));
  exponent = f32x4.sub(exponent, v128.and(low, f32x4.splat(1)));
  const m = f32x4.sub(f32x4.add(mantissa, v128.and(low, mantissa)), f32x4.splat(1));
  const z = f32x4.mul(m, m);
  let y = step(f32x4.splat(7.0376836292e-2), m, -1.151461031e-1);
  y = step(y, m, 1.167699874e-1);
  y = step(y, m, -1.2420140846e-1);
  y = step(y, m, 1.4249322787e-1);
  y = step(y, m, -1.6668057665e-1);
  y = step(y, m, 2.0000714765e-1);
  y = step(y, m, -2.4999993993e-1);
  y = step(y, m, 3.3333331174e-1);
  y = f32x4.mul(f32x4.mul(y, m), z);
  y = f32x4.add(y, f32x4.mul(exponent, f32x4.splat(-2.1219444e-4)));
  y = f32x4.sub(y, f32x4.mul(f32x4.splat(0.5), z));
  const value = f32x4.add(f32x4.add(m, y), f32x4.mul(exponent, f32x4.splat(0.693359375)));
  return v128.bitselect(value, i32x4.splat(0x7fc00000), f32x4.gt(x, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
export function tanh4(value: v128): v128 {
  let x = f32x4.pmax(value, f32x4.splat(-7.90531110763549805));
  x = f32x4.pmin(x, f32x4.splat(7.90531110763549805));
  const s = f32x4.mul(x, x);
  let p = step(f32x4.splat(-2.76076847742355e-16), s, 2.00018790482477e-13);
  p = step(p, s, -8.60467152213735e-11);
  p = step(p, s, 5.12229709037114e-8);
  p = step(p, s, 1.48572235717979e-5);
  p = step(p, s, 6.37261928875436e-4);
  p = step(p, s, 4.89352455891786e-3);
  let q = step(f32x4.splat(1.19825839466702e-6), s, 1.18534705686654e-4);
  q = step(q, s, 2.268434632439e-3);
  q = step(q, s, 4.89352518554385e-3);
  return f32x4.div(f32x4.mul(p, x), q);
}

// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return f32x4.add(f32x4.mul(tanh4(f32x4.mul(x, half)), half), half);
}
