import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const command = join(import.meta.dirname, '../../packages/cli/src/bin.ts');
const longestStartMs = 60_000;

/** An `adjutant serve` of a folder of its own. */
export interface ServedCommand {
  process: ChildProcess;
  /** Where browsers see it. */
  origin: string;
  /** Signs the owner in, once. */
  link: string;
  store: string;
  stop(): Promise<void>;
}

export interface ServeOptions {
  /** What events are signed with. */
  events: string;
  /** What presses of Slack are signed with. */
  slack: string;
  port: number;
  /** The provider through which the owner signs in. */
  oidc: { issuer: string; clientId: string; clientSecret: string };
}

/** Starts the real command; it listens at both addresses of loopback, and contacts no other host. */
export async function serveCommand(folder: string, options: ServeOptions): Promise<ServedCommand> {
  const { oidc } = options;
  const config = join(folder, 'adjutant.config.yaml');
  const connectors = {
    events: { webhookSecret: '${EVENTS_SECRET}' },
    // For its larger bodies; nobody listens where it would read.
    github: {
      baseUrl: 'http://127.0.0.1:9',
      repositories: ['acme/web'],
      webhookSecret: '${GITHUB_SECRET}',
    },
    slack: {
      baseUrl: 'http://127.0.0.1:9/api/',
      channels: ['C0TEAM'],
      token: '${SLACK_TOKEN}',
      writeToken: '${SLACK_WRITE_TOKEN}',
      approvals: { channel: 'C0TEAM', signingSecret: '${SLACK_SECRET}' },
    },
  };
  const gateway = {
    oidc: {
      ...{ issuer: oidc.issuer, clientId: oidc.clientId, clientSecret: '${OIDC_SECRET}' },
      people: { owner: 'owner:default' },
    },
  };
  const written = JSON.stringify({ store: 'file:store.db', connectors, gateway });
  writeFileSync(config, written, { mode: 0o600 });
  const env = {
    ...process.env,
    EVENTS_SECRET: options.events,
    GITHUB_SECRET: 'of-this-run-alone',
    SLACK_SECRET: options.slack,
    SLACK_TOKEN: 'xoxb-reads-nothing',
    SLACK_TOKEN_HOST: '127.0.0.1:9',
    SLACK_WRITE_TOKEN: 'xoxb-writes-nothing',
    SLACK_WRITE_TOKEN_HOST: '127.0.0.1:9',
    OIDC_SECRET: oidc.clientSecret,
    OIDC_SECRET_HOST: new URL(oidc.issuer).host,
    NO_COLOR: '1',
    ADJUTANT_TRUSTED_CONFIG: config,
    XDG_DATA_HOME: join(folder, 'data'),
  };
  const words = ['--config', config, 'serve', '--port', String(options.port), '--every', '1h'];
  const child = spawn(process.execPath, ['--conditions=@adjutant/source', command, ...words], {
    ...{ env, cwd: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const link = await linkOf(child);
  return {
    process: child,
    origin: new URL(link).origin,
    link,
    store: join(folder, 'store.db'),
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function linkOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (): void => reject(new Error(`The command did not serve: ${said.slice(-600)}`));
    const timer = setTimeout(fail, longestStartMs);
    const hear = (chunk: Buffer): void => {
      if (said.includes('until Ctrl-C')) return;
      said += chunk.toString();
      const link = /within five minutes: (\S+)/.exec(said)?.[1];
      if (link === undefined || !said.includes('until Ctrl-C')) return;
      clearTimeout(timer);
      resolve(link);
    };
    // Both are read to their end, so that the child never waits for somebody to read them.
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', fail);
  });
}
