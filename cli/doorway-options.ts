import type { Argv } from 'yargs';
import { usageError } from './errors.js';

/** Options of a command that listens for hosts. */
export const doorwayOptions = <T>(yargs: Argv<T>) =>
  yargs
    .option('host', { type: 'string', default: '127.0.0.1', describe: 'Address to listen on' })
    .option('port', {
      type: 'number',
      default: 8787,
      describe: 'Port to listen on; 0: any that is free',
      coerce: (port: number) => {
        if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
        throw usageError('--port: must be a whole number from 0 to 65535');
      },
    })
    .option('tokens', {
      type: 'string',
      describe: 'File of tokens and who each is for; required beyond this machine, unless --tls-ca is given',
    })
    .option('tls-cert', { type: 'string', describe: 'Certificate, PEM' })
    .option('tls-key', { type: 'string', describe: 'Its key, PEM' })
    .option('tls-ca', {
      type: 'string',
      describe: 'Hosts must show a certificate that this one signed, with their institutions as names; PEM',
    });
