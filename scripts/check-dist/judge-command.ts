import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { runCommand } from '../run-command.ts';
import type { Figure } from './figure.ts';
import { folderBytes } from './folder-size.ts';
import { installTarballs, outsideEnvironment } from './install-tarballs.ts';
import { makeClone } from './make-clone.ts';
import type { PackedPackage } from './pack-packages.ts';

const installLimitMegabytes = 40;

/** Installs the cli from its tarball and uses it: its size, `look`, `demo`, and `mcp` with a real client. */
export async function judgeCommand(
  folder: string,
  packages: readonly PackedPackage[],
): Promise<Figure[]> {
  await installTarballs(folder, packages, ['@adjutant/cli']);
  const megabytes = folderBytes(join(folder, 'node_modules')) / 1e6;
  const size = {
    what: 'installing @adjutant/cli takes',
    found: `${megabytes.toFixed(1)} MB`,
    limit: `under ${installLimitMegabytes} MB`,
    ok: megabytes < installLimitMegabytes,
  };
  const clone = join(folder, 'clone');
  const home = join(folder, 'home');
  mkdirSync(clone);
  mkdirSync(home);
  await makeClone(clone);
  const env = { ...outsideEnvironment(), HOME: home, USERPROFILE: home, XDG_DATA_HOME: home };
  const bin = join(folder, 'node_modules/@adjutant/cli/dist/bin.js');
  const look = await runCommand(process.execPath, [bin, 'look', clone], { cwd: folder, env });
  const demo = await runCommand(process.execPath, [bin, 'demo'], { cwd: folder, env });
  return [
    size,
    {
      what: 'adjutant look prints a report of a clone',
      found: `exit ${look.exitCode}`,
      limit: 'exit 0',
      ok: look.exitCode === 0 && look.stdout.includes('Team report'),
      detail: look.stdout + look.stderr,
    },
    {
      what: 'adjutant demo agrees with its generator, GitHub and all',
      found: `exit ${demo.exitCode}`,
      limit: 'exit 0',
      ok:
        demo.exitCode === 0 &&
        demo.stdout.includes('now from GitHub, Jira, Slack and PagerDuty as well'),
      detail: demo.stdout + demo.stderr,
    },
    await listTools(bin, folder, env),
  ];
}

async function listTools(bin: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Figure> {
  const what = 'adjutant mcp lists its tools to a client';
  const limit = '16 tools';
  const defined = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [bin, 'mcp'],
    cwd,
    env: Object.fromEntries(defined),
    stderr: 'ignore',
  });
  const client = new Client({ name: 'check-dist', version: '1.0.0' });
  try {
    await client.connect(transport);
    const { tools } = await client.listTools();
    return { what, limit, found: `${tools.length} tools`, ok: tools.length === 16 };
  } catch (error) {
    return { what, limit, found: 'none', ok: false, detail: String(error) };
  } finally {
    await client.close();
  }
}
