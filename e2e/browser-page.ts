import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { connectDevTools, type DevTools } from './devtools.ts';

/** One page of a real browser, with what a test does to it. */
export interface BrowserPage {
  open(url: string): Promise<void>;
  /** Runs an expression in the page and returns its value. */
  evaluate(expression: string): Promise<unknown>;
  /** Waits until an expression is true. @throws Error that shows the page's text */
  waitFor(expression: string): Promise<void>;
  click(selector: string): Promise<void>;
  fill(selector: string, text: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  colorScheme(scheme: 'light' | 'dark'): Promise<void>;
  screenshot(path: string): Promise<void>;
  /** Adds a passkey device in software and returns its id. */
  addAuthenticator(): Promise<string>;
  /** Whether the device recognises its owner from now on. */
  setVerified(authenticatorId: string, isVerified: boolean): Promise<void>;
  /** What went wrong in the page: uncaught errors, refused loads, violations of its policy. */
  complaints(): string[];
  close(): Promise<void>;
}

const patienceMs = 20_000;
const valueSchema = z.object({ result: z.object({ value: z.unknown().optional() }) });

/** Starts a browser without a window and opens one page in it. */
export async function openBrowser(program: string): Promise<BrowserPage> {
  const profile = mkdtempSync(join(tmpdir(), 'adjutant-browser-'));
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-gpu',
      // Containers run as root, where the sandbox cannot be made; only our own page is opened.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const tools = await connectDevTools(await addressOf(child));
  const { targetId } = z
    .object({ targetId: z.string() })
    .parse(await tools.send('Target.createTarget', { url: 'about:blank' }));
  const { sessionId } = z
    .object({ sessionId: z.string() })
    .parse(await tools.send('Target.attachToTarget', { targetId, flatten: true }));
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) {
    await tools.send(`${domain}.enable`, {}, sessionId);
  }
  return createPage(tools, sessionId, async () => {
    await tools.send('Browser.close').catch(() => undefined);
    tools.close();
    if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
    rmSync(profile, { recursive: true, force: true });
  });
}

function createPage(tools: DevTools, sessionId: string, close: () => Promise<void>): BrowserPage {
  const send = (method: string, parameters: Record<string, unknown> = {}) =>
    tools.send(method, parameters, sessionId);
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await send('Runtime.evaluate', { expression, returnByValue: true });
    return valueSchema.parse(answer).result.value;
  };
  const waitFor = async (expression: string): Promise<void> => {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      // A page that is just being left has nothing to evaluate in.
      if ((await evaluate(expression).catch(() => false)) === true) return;
      await setTimeout(50);
    }
    const text = await evaluate('document.body.innerText').catch(() => 'no page');
    throw new Error(`${expression} did not come true on:\n${String(text)}`);
  };
  const find = (selector: string): string => `document.querySelector(${JSON.stringify(selector)})`;
  return {
    evaluate,
    waitFor,
    close,
    async open(url) {
      await send('Page.navigate', { url });
      await waitFor("document.readyState === 'complete' && location.href !== 'about:blank'");
    },
    async click(selector) {
      await waitFor(`${find(selector)} !== null`);
      await send('Runtime.evaluate', {
        expression: `${find(selector)}.click()`,
        userGesture: true,
      });
    },
    async fill(selector, text) {
      await waitFor(`${find(selector)} !== null`);
      await evaluate(`${find(selector)}.value = ${JSON.stringify(text)}`);
    },
    async resize(width, height) {
      await send('Emulation.setDeviceMetricsOverride', {
        width,
        height,
        deviceScaleFactor: 1,
        mobile: width < 600,
      });
    },
    async colorScheme(value) {
      const features = [{ name: 'prefers-color-scheme', value }];
      await send('Emulation.setEmulatedMedia', { features });
    },
    async screenshot(path) {
      const shot = await send('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: true,
      });
      writeFileSync(path, z.object({ data: z.string() }).parse(shot).data, 'base64');
    },
    async addAuthenticator() {
      await send('WebAuthn.enable');
      const answer = await send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          ctap2Version: 'ctap2_1',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      return z.object({ authenticatorId: z.string() }).parse(answer).authenticatorId;
    },
    async setVerified(authenticatorId, isUserVerified) {
      await send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    complaints: () =>
      [...tools.told('Log.entryAdded'), ...tools.told('Runtime.exceptionThrown')].map((event) =>
        JSON.stringify(event),
      ),
  };
}

/** Reads the address that the browser prints on its standard error. */
function addressOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    stderr?.on('end', () => reject(new Error(`The browser did not start:\n${text}`)));
  });
}
