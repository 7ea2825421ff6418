import type { Command, CommandContext } from './command-context.ts';
import type { ErrorReport } from './error-report.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { redact } from './known-secrets.ts';
import { createOutput } from './output.ts';

/** What every command line has, whichever command it names. */
export interface CommonOptions {
  json: boolean;
  color: boolean;
  configPath: string | undefined;
}

/** Loads one command, runs it and returns its exit code. Whatever fails is told; nothing is thrown. */
export async function runCommand(
  load: () => Promise<Command>,
  io: Io,
  { json, color, configPath }: CommonOptions,
  { input, secrets }: { input: unknown; secrets: string[] },
): Promise<ExitCode> {
  const output = createOutput(io, { json, color });
  try {
    const command = await load();
    const clock = io.clock ?? (await import('@adjutant/core/ports')).systemClock;
    const context: CommandContext = { io, output, clock, configPath, secrets };
    return await command(context, input);
  } catch (error) {
    if (io.signal.aborted) return exitCodes.interrupted;
    return tellFailure(io, error, secrets, output.isJson);
  }
}

/** Tells of an error that was thrown, and returns the exit code that it means. */
export async function tellFailure(
  io: Io,
  error: unknown,
  secrets: readonly string[],
  isJson = io.argv.includes('--json'),
): Promise<ExitCode> {
  const { reportError } = await import('./error-report.ts');
  const isDebug = Boolean(io.env['ADJUTANT_DEBUG']);
  return tell(io, reportError(error, { redact: (text) => redact(text, secrets), isDebug }), isJson);
}

/** Tells a person on standard error, and a program on standard output. */
export function tell(io: Io, report: ErrorReport, isJson: boolean): ExitCode {
  const { code, message, hint, exitCode, stack } = report;
  if (isJson) io.stdout.write(`${JSON.stringify({ error: { code, message, hint } }, null, 2)}\n`);
  io.stderr.write(`${readable(`adjutant: ${message}`)}\n`);
  if (hint !== null) io.stderr.write(`  ${readable(hint)}\n`);
  if (stack !== null) io.stderr.write(`${stack}\n`);
  return exitCode;
}

/** Messages quote what was typed and what files hold; neither may act in a terminal. */
function readable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
