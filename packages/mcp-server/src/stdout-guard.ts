import { Writable } from 'node:stream';

let protocolOutput: Writable | undefined;

/**
 * Gives standard output to the protocol alone and returns the stream to write it to. Whatever else
 * writes there from now on (`console.log`, a library's banner) goes to standard error. Call it
 * before anything that might print is imported; calling it again returns the same stream.
 */
export function guardStdout(): Writable {
  if (protocolOutput !== undefined) return protocolOutput;
  // The one place that may name it: from here on nobody else reaches it.
  // oxlint-disable-next-line no-restricted-properties
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  protocolOutput = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      write(chunk, done);
    },
  });
  // A reader that has gone away ends the session; it must not end it with a stack trace.
  stdout.on('error', (error: Error) => protocolOutput?.destroy(error));
  stdout.write = stderr.write.bind(stderr);
  return protocolOutput;
}
