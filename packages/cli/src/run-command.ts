import type { Command, CommandContext } from './command-context.ts';
import type { ErrorReport } from './error-report.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { redact } from './known-secrets.ts';

/** How the path of the demo's configuration ends, on every system; only what does is looked at more closely. */
const keptDemoName = /[\\/]demo[\\/]adjutant\.config\.yaml$/;

/** The configuration of a demo that is being made; its server lives on the demo's Monday too. */
export const demoInMakingName = /[\\/]adjutant-demo-[^\\/]+[\\/]adjutant\.config\.yaml$/;

/** What every command line has, whichever command it names. */
export interface CommonOptions {
  json: boolean;
  color: boolean;
  configPath: string | undefined;
  /** On the team that the last demo kept, at its instant. */
  isDemo: boolean;
}

/** Loads one command, runs it and returns its exit code. Whatever fails is told; nothing is thrown. */
export async function runCommand(
  load: () => Promise<Command>,
  io: Io,
  { json, color, configPath, isDemo }: CommonOptions,
  { input, secrets }: { input: unknown; secrets: string[] },
): Promise<ExitCode> {
  // Not needed for help.
  const { createOutput } = await import('./output.ts');
  const output = createOutput(io, { json, color });
  try {
    const command = await load();
    const place = await placeOf(io, configPath, isDemo);
    const context: CommandContext = { io, output, secrets, ...place };
    return await command(context, input);
  } catch (error) {
    if (io.signal.aborted) return exitCodes.interrupted;
    return tellFailure(io, error, secrets, output.isJson);
  }
}

/** Where and when a command runs: here and now, or where the last demo was and when. */
async function placeOf(
  io: Io,
  configPath: string | undefined,
  isDemo: boolean,
): Promise<Pick<CommandContext, 'clock' | 'configPath'>> {
  // An assistant starts a server with the path of a configuration and nothing else.
  if (isDemo || keptDemoName.test(configPath ?? '')) {
    const { isKeptDemo, keptDemoConfig } = await import('./demo/kept-demo.ts');
    if (isDemo || isKeptDemo(io, configPath)) {
      const { movingDemoClock } = await import('./demo/demo-clock.ts');
      return { clock: io.clock ?? movingDemoClock(), configPath: keptDemoConfig(io) };
    }
  }
  if (demoInMakingName.test(configPath ?? '')) {
    const { movingDemoClock } = await import('./demo/demo-clock.ts');
    return { clock: io.clock ?? movingDemoClock(), configPath };
  }
  const clock = io.clock ?? (await import('@adjutant/core/ports')).systemClock;
  return { clock, configPath };
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
export async function tell(io: Io, report: ErrorReport, isJson: boolean): Promise<ExitCode> {
  const { code, message, hint, exitCode, stack } = report;
  const { replaceHidden, visibleJson } = await import('@adjutant/core/ports');
  const told = JSON.stringify({ error: { code, message, hint } }, null, 2);
  if (isJson) io.stdout.write(`${visibleJson(told)}\n`);
  // Messages quote what was typed and what files hold; neither may act in a terminal.
  const readable = (text: string): string => replaceHidden(text, () => ' ');
  io.stderr.write(`${readable(`adjutant: ${message}`)}\n`);
  if (hint !== null) io.stderr.write(`  ${readable(hint)}\n`);
  if (stack !== null) {
    io.stderr.write(`${stack.split('\n').map(readable).join('\n')}\n`);
  }
  return exitCode;
}
