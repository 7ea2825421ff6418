import type { ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { secretsOf } from './known-secrets.ts';
import { runCommand } from './run-command.ts';

/**
 * Runs `adjutant mcp` in the two forms that `mcp install` writes. An assistant starts it with every
 * window and waits for it, and the parser of the other commands is a tenth of that wait.
 */
export async function runAssistantProgram(io: Io): Promise<ExitCode> {
  const options = { json: false, color: true, configPath: io.argv[2], isDemo: false };
  const command = async () => (await import('./commands/mcp.ts')).mcp;
  return runCommand(command, io, options, { input: {}, secrets: secretsOf(io.env) });
}
