/** Length of a vector. */
export const euclidean = (v: ArrayLike<number>): number => {
  let sum = 0;
  for (let j = 0; j < v.length; j++) sum += v[j]! * v[j]!;
  return Math.sqrt(sum);
};
