// Hosts that answer without thinking, in a process of their own: `clients URL FLOATS`, their names as JSON on stdin.
import { text } from 'node:stream/consumers';
import { io } from 'socket.io-client';
import { messageEvent } from '../../core/handshake.js';
import { protocolVersion, type Message, type Reply } from '../../core/protocol.js';
import { decode, encode } from '../../core/protocol/codec.js';
import { skillWidth } from '../../core/skill.js';

const [url = '', floats = '1'] = process.argv.slice(2);
const names = JSON.parse(await text(process.stdin)) as string[];
const size = Number(floats);
const deltas = Float32Array.from({ length: size }, (_, j) => (j % 7) / 100);

const replies: Partial<Record<Message['type'], (message: never, id: string) => Reply>> = {
  welcome: () => ({
    type: 'ready',
    version: protocolVersion,
    engine: 'none',
    parameterCounts: Int32Array.of(size),
    initial: new Float32Array(size),
    features: 1,
    models: [''],
    blocks: Int32Array.of(0),
    flopsPerForecast: Float64Array.of(0),
    flopsPerStep: Float64Array.of(0),
    flopsPerRefit: Float64Array.of(0),
    flopsPerRefitRow: Float64Array.of(0),
  }),
  train: ({ round }: { readonly round: number }, id) => ({
    type: 'updates',
    round,
    learners: [id],
    architecture: Int32Array.of(0),
    examples: Int32Array.of(1),
    loss: Float64Array.of(0),
    localSteps: Int32Array.of(1),
    deltas,
    controls: new Float32Array(0),
    within: new Float64Array(0),
    masked: new Int32Array(0),
    packed: new Uint8Array(0),
    packedSizes: new Int32Array(0),
    accounts: [],
    satOut: [],
    skill: new Float64Array(skillWidth),
    readings: [],
    readingValues: new Float64Array(0),
  }),
};

names.forEach((id, part) => {
  const auth = {
    protocol: protocolVersion,
    seats: { institutions: [id] },
    holds: { key: (part + 1).toString(16).padStart(32, '0'), answered: -1, saved: [] },
  };
  const socket = io(url, { transports: ['websocket'], forceNew: true, auth });
  socket.on(messageEvent, (_number: number, bytes: Uint8Array, answer: (reply: Uint8Array) => void) => {
    const message = decode(new Uint8Array(bytes)) as Message;
    const reply = replies[message.type] as ((message: Message, id: string) => Reply) | undefined;
    answer(encode(reply ? reply(message, id) : { type: 'done' }));
  });
});
