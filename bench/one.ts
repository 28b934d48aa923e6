// Runs one bench in this process and prints its rows as JSON on the last line.
import { benches, isBench } from './benches.js';

const [name = ''] = process.argv.slice(2);
if (!isBench(name)) throw new Error(`no bench "${name}": there are ${Object.keys(benches).join(', ')}`);
const bench = await benches[name]();
process.stdout.write(`${JSON.stringify(await bench())}\n`);
