import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './command-line.ts';
import { makeClone } from './make-clone.ts';

/** Another prefix than the suite's, because here canaries are planted into files too. */
const prefix = ['zq7', 'Canary', 'World'].join('');
export const canaryPrefix: string = prefix;

/** Returns a planted secret that names what it was planted into. */
export function canary(place: string): string {
  return `${prefix}4f1d${place}9ce2`;
}

export interface CanaryWorld {
  folder: string;
  clone: string;
  /** Arguments and environment of every git that was started. */
  gitTrace: string;
  env: Record<string, string>;
  /** Files that hold canaries because the world was made so. */
  planted: ReadonlySet<string>;
  /** Writes a file that holds canaries on purpose and returns its folder. */
  plant: (folder: string, name: string, content: string) => string;
}

/** Makes a machine on which secrets lie wherever people leave them, and a git that tells what it is given. */
export function makeCanaryWorld(folder: string): CanaryWorld {
  const planted = new Set<string>();
  const plant = (inside: string, name: string, content: string): string => {
    mkdirSync(join(folder, inside), { recursive: true });
    writeFileSync(join(folder, inside, name), content);
    planted.add(join(folder, inside, name));
    return join(folder, inside);
  };
  const home = plant('home', '.netrc', `machine github.com login ada password ${canary('Netrc')}`);
  plant('home', '.git-credentials', `https://ada:${canary('CredentialFile')}@github.com\n`);
  plant('home', '.gitconfig', `[http]\n\textraHeader = X-Token: ${canary('HomeConfig')}\n`);
  const clone = makeClone(join(folder, 'api'));
  configure(clone);
  planted.add(join(clone, '.git', 'config'));
  const gitTrace = join(folder, 'git-trace.log');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const env = {
    ...inherited(),
    PATH: `${wrapGit(folder, gitTrace)}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    XDG_DATA_HOME: join(folder, 'data'),
    TMPDIR: temporary,
    GITHUB_TOKEN: canary('GithubToken'),
    ANTHROPIC_API_KEY: canary('ApiKey'),
    ADJUTANT_STORE_TOKEN: canary('StoreToken'),
    ADJUTANT_CANARY_TOKEN: canary('OwnToken'),
    // Nothing in the name says that this is a secret.
    COMPANY_LOGIN: canary('PlainName'),
    // What git itself would take settings from.
    GIT_CONFIG_PARAMETERS: `'http.extraheader=X: ${canary('GitParameters')}'`,
  };
  return { folder, clone, gitTrace, env, planted, plant };
}

/** Every place of a clone's own configuration in which a credential is found in practice. */
function configure(clone: string): void {
  const settings: [string, string][] = [
    ['remote.origin.url', `https://ada:${canary('Origin')}@github.com/acme/api.git`],
    ['remote.origin.pushurl', `https://ada:${canary('PushUrl')}@github.com/acme/api.git`],
    ['remote.mirror.url', `https://${canary('Mirror')}@mirror.example/acme/api.git`],
    ['http.extraHeader', `Authorization: Bearer ${canary('Header')}`],
    ['http.https://github.com/.extraheader', `AUTHORIZATION: basic ${canary('BasicHeader')}`],
    ['http.proxy', `http://ada:${canary('Proxy')}@proxy.example:8080`],
    [`url.https://ada:${canary('InsteadOf')}@github.com/.insteadOf`, 'https://github.com/'],
    ['credential.helper', `!echo password=${canary('Helper')}`],
    ['sendemail.smtpPass', canary('Mail')],
  ];
  for (const [name, value] of settings) execFileSync('git', ['-C', clone, 'config', name, value]);
}

function inherited(): Record<string, string> {
  // The block on the network goes along where the suite set it up.
  const names = ['NODE_OPTIONS', 'ADJUTANT_TEST_LEDGER', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** Returns a folder whose `git` notes what it is given and then is the real one. */
function wrapGit(folder: string, trace: string): string {
  const real = execFileSync('/bin/sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const script = `#!/bin/sh\n{ echo "== call"; printf '%s\\n' "$@"; echo "-- env"; /usr/bin/env; } >> '${trace}'\nexec '${real}' "$@"\n`;
  writeFileSync(join(bin, 'git'), script);
  chmodSync(join(bin, 'git'), 0o755);
  return bin;
}

export interface ProcessResult {
  line: string;
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a process of its own. */
export function runProcess(
  argv: readonly string[],
  options: { cwd: string; env: Record<string, string> },
): Promise<ProcessResult> {
  return new Promise((resolve) => {
    const trusted = { ADJUTANT_TRUSTED_CONFIG: join(options.cwd, 'adjutant.config.yaml') };
    const env = { ...trusted, ...options.env };
    const limits = { ...options, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
    execFile(process.execPath, [...commandLine, ...argv], limits, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code ?? -1);
      resolve({ line: argv.join(' '), exitCode, stdout, stderr });
    });
  });
}
