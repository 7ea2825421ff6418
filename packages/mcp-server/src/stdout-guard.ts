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
  const output = new Writable();
  // Straight to standard output: a second buffer before its own would only cost every answer time.
  output.write = write;
  stdout.on('drain', () => output.emit('drain'));
  // A reader that has gone away ends the session; it must not end it with a stack trace.
  stdout.on('error', (error: Error) => output.destroy(error));
  stdout.write = stderr.write.bind(stderr);
  protocolOutput = output;
  return output;
}
