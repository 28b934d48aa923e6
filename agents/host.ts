import type { Host, Message, Reply, ReplyTo } from '../core/protocol.js';
import { decide, probe } from './host/decide.js';
import { install } from './host/install.js';
import { observe } from './host/observe.js';
import { load, save } from './host/keep.js';
import { loadArchitectures, open, ready } from './host/open.js';
import { done, type State } from './host/state.js';
import { invite, share, unmask } from './host/secure.js';
import { train } from './host/train.js';
import { openEngine, type Engine } from './learning/engine.js';
import type { Loaded } from './models/index.js';

const answers: {
  readonly [T in Exclude<Message['type'], 'welcome'>]: (state: State, message: never) => Reply;
} = {
  observe,
  invite,
  share,
  train,
  unmask,
  install,
  decide,
  probe,
  save,
  load,
  farewell: () => done,
};

/** A host: owns a set of institutions and answers the protocol. Its institutions know their own data and
 * the messages, nothing else. How institutions are split over hosts changes no result. */
export function createHost(engine: Engine = openEngine()): Host {
  let state: State | undefined;
  return {
    handle<M extends Message>(message: M): ReplyTo[M['type']] | Promise<ReplyTo[M['type']]> {
      if (message.type === 'welcome') {
        const begin = (loaded: readonly (Loaded | undefined)[] = []): ReplyTo[M['type']] => {
          state = open(message, engine, loaded);
          return ready(state) as ReplyTo[M['type']];
        };
        const loading = loadArchitectures(message.brief);
        return loading ? loading.then(begin) : begin();
      }
      if (!state) throw new Error(`a host was sent ${message.type} before its welcome`);
      return answers[message.type](state, message as never) as ReplyTo[M['type']];
    },
  };
}
