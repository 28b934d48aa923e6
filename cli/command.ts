import type { Argv, CommandModule } from 'yargs';

/** What a command takes and does. */
export interface Command<Options = object> {
  readonly builder?: (yargs: Argv) => Argv<Options>;
  readonly handler: (options: Options) => void | Promise<void>;
}

/** A command as `--help` lists it; what it takes and does is loaded when it is called, so that none waits for
 * what another needs. */
export function listed<Options>(
  command: string,
  describe: string,
  load: () => Promise<Command<Options>>,
): CommandModule {
  return {
    command,
    describe,
    builder: async (yargs: Argv) => (await load()).builder?.(yargs) ?? yargs,
    handler: async (options) => (await load()).handler(options as never),
  };
}
