import { spawn } from 'node:child_process';

export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Shows what the command writes as it is written, instead of only returning it. */
  show?: boolean;
}

/** Runs a command to its end and returns what it wrote; a failure is an exit code, not a throw. */
export function runCommand(
  command: string,
  parameters: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.show === true ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // npm, npx and the files in node_modules/.bin are batch files on Windows.
      shell: process.platform === 'win32',
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ exitCode: code ?? 1, stdout, stderr });
    });
  });
}

/** Runs a command and returns its stdout. @throws with all that it wrote where it fails */
export async function runOrThrow(
  command: string,
  parameters: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const { exitCode, stdout, stderr } = await runCommand(command, parameters, options);
  if (exitCode === 0) return stdout;
  const line = [command, ...parameters].join(' ');
  throw new Error(`${line} ended with ${exitCode}\n${stdout}${stderr}`);
}

/** Returns the command that runs the pnpm which runs us, or one that brings it. */
export function pnpmCommand(): readonly [string, ...string[]] {
  const running = process.env['npm_execpath'];
  if (running === undefined || !running.includes('pnpm')) return ['npx', '-y', 'pnpm@12'];
  return /\.[cm]?js$/.test(running) ? [process.execPath, running] : [running];
}
