export { type ExitCode, exitCodes } from './exit-codes.ts';
export type { Io, OutputPort, Self } from './io.ts';
export { runProgram } from './program.ts';
