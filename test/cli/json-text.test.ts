import { expect } from 'chai';
import { parseJson } from '../../cli/json-text.js';
import { refusal } from '../refusal.js';

const fault = (text: string): string => refusal(() => parseJson(text, 'x.json'));

describe('parseJson', () => {
  it('reads JSON', () => {
    expect(parseJson(' {"a": [1, -2.5e3, "b\\u00e9\\"", {}, [], null, true]} ', 'x.json')).to.deep.equal({
      a: [1, -2500, 'bé"', {}, [], null, true],
    });
  });

  it('names line and column of the first fault', () => {
    expect(fault('{"a": NaN}')).to.equal('x.json:1:7: not valid JSON: unexpected "NaN}"');
    expect(fault('{"a": [1,\n  2,\n  Infinity]}')).to.match(/^x\.json:3:3: /);
    expect(fault('[1, -Infinity]')).to.match(/^x\.json:1:5: /);
    expect(fault('{"a": 1,}')).to.match(/^x\.json:1:9: /);
    expect(fault('[1,]')).to.match(/^x\.json:1:4: /);
    expect(fault('[1 2]')).to.match(/^x\.json:1:4: /);
    expect(fault('{"a" 1}')).to.match(/^x\.json:1:6: /);
    expect(fault("{'a': 1}")).to.match(/^x\.json:1:2: /);
    expect(fault('[01]')).to.match(/^x\.json:1:3: /);
    expect(fault('{"a": {"b": [1}}')).to.match(/^x\.json:1:15: /);
    expect(fault('{} x')).to.match(/^x\.json:1:4: /);
    expect(fault('["a\nb"]')).to.match(/^x\.json:1:2: /);
  });

  it('says where a text ends too early', () => {
    expect(fault('')).to.equal('x.json:1:1: not valid JSON: the text ends here');
    expect(fault('{"a": [1, 2')).to.match(/^x\.json:1:12: .*ends here$/);
  });
});
