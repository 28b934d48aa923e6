import { expect } from 'chai';

/** Deep comparison of numbers within `tolerance`, relative above 1; null only equals null. */
export function expectClose(actual: unknown, expected: unknown, tolerance: number, path = 'result'): void {
  if (typeof expected === 'number') {
    expect(actual, path).to.be.a('number');
    expect(actual, path).to.be.closeTo(expected, tolerance * Math.max(1, Math.abs(expected)));
  } else if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(actual as object), path).to.deep.equal(Object.keys(expected));
    for (const [key, value] of Object.entries(expected))
      expectClose((actual as Record<string, unknown>)[key], value, tolerance, `${path}.${key}`);
  } else expect(actual, path).to.equal(expected);
}
