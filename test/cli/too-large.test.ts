import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { small, smallScenario } from '../small-run.js';
import { herdscope, workplace } from './herdscope.js';
import { writeDesign } from './small-sweep.js';

describe('models too large for the engine', function () {
  this.timeout(60_000);
  const place = workplace();
  after(place.remove);
  const regimes = [{ name: 'distillation', hidden: [4096, 4096, 4096] }];
  const learning = { ...small.learning, architectures: [{ name: 'mlp' }], regimes };

  it('sweep: exit 3 at the place of the design that asks for them, each once, and nothing is made', async () => {
    const design = writeDesign(
      place.path,
      `name: wide
scenario: small.yaml
design: factorial
over:
  learning.architectures:
    - [{ name: mlp }]
    - [{ name: mlp, hidden: [4096, 4096] }]
replications: 2
metrics: [crowding]
`,
    );
    for (const action of ['run', 'plan']) {
      const out = action === 'run' ? ['--out', join(place.path, 'sweeps')] : [];
      const { code, stderr } = await herdscope('sweep', action, design, ...out);
      expect([action, code]).to.deep.equal([action, 3]);
      expect(stderr).to.match(
        /^\S*design\.yaml:6:\d+: learning\.architectures\[0\]: mlp: needs \d+ numbers .*: lower its hidden\n$/,
      );
    }
    expect(existsSync(join(place.path, 'sweeps'))).to.equal(false);
  });

  it('serve: exit 3 before the door is opened', async () => {
    const file = join(place.path, 'taught.yaml');
    writeFileSync(file, JSON.stringify({ ...small, learning }));
    const { code, stderr } = await herdscope(
      'serve',
      file,
      '--port',
      '0',
      '--out',
      join(place.path, 'served'),
    );
    expect([code, existsSync(join(place.path, 'served'))]).to.deep.equal([3, false]);
    expect(stderr).to.match(/^\S*taught\.yaml:1:\d+: learning\.regimes\[0\]: teacher: needs \d+ numbers/);
  });

  it('where only a host finds them: exit 4, in the name of an institution and of the model', async () => {
    const folder = join(place.path, 'begun');
    mkdirSync(folder);
    writeFileSync(join(folder, 'resolved.json'), JSON.stringify(smallScenario({ learning })));
    const { code, stderr } = await herdscope('resume', folder, '--quiet');
    expect(code).to.equal(4);
    expect(stderr).to.match(/^[a-z]+-\d+: teacher: needs \d+ numbers at a time where \d+ is the most\n$/);
  });
});
