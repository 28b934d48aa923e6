import { expect } from 'chai';
import { oncePer } from '../../core/once-per.js';

describe('asked once of each object', () => {
  it('answers as the function does, and asks it again of another object only', () => {
    const asked: object[] = [];
    const count = oncePer((key: { readonly n: number }) => {
      asked.push(key);
      return key.n > 0 ? key.n : undefined;
    });
    const [one, none] = [{ n: 1 }, { n: 0 }];
    expect([count(one), count(one), count(none), count(none)]).to.deep.equal([1, 1, undefined, undefined]);
    expect(asked).to.deep.equal([one, none]);
  });

  it('is not asked where it has been told', () => {
    let asked = 0;
    const double = oncePer(({ n }: { readonly n: number }) => {
      asked++;
      return 2 * n;
    });
    const [known, other] = [{ n: 1 }, { n: 1 }];
    double.tell(known, 3);
    expect([double(known), asked]).to.deep.equal([3, 0]);
    expect([double(other), asked]).to.deep.equal([2, 1]);
  });
});
