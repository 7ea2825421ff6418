import { setTimeout } from 'node:timers/promises';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';

/** One page of a real browser, with what a test does to it. */
export interface BrowserPage {
  /** The page as the library that drives it has it. */
  readonly page: Page;
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
  /** Addresses at other origins that were asked for, none of which was let out. */
  foreignRequests(): string[];
  close(): Promise<void>;
}

const patienceMs = 20_000;

/** Starts a browser without a window. It opens nothing but what it is told. */
export function launchBrowser(program: string): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
      // Containers run as root, where the sandbox cannot be made; only our own page is opened.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

/** Starts a browser and opens one page in it; closing the page ends the browser. */
export async function openBrowser(program: string): Promise<BrowserPage> {
  const browser = await launchBrowser(program);
  const opened = await openPageIn(browser);
  return { ...opened, close: () => browser.close() };
}

/** Opens a page with cookies of its own: another person at another machine. */
export async function openPageIn(browser: Browser): Promise<BrowserPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const session = await context.newCDPSession(page);
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await context.route('**/*', async (route) => {
    const { hostname } = new URL(route.request().url());
    if (hostname === 'localhost') return route.continue();
    foreign.push(route.request().url());
    return route.abort();
  });
  return {
    ...actsOn(page, session),
    ...deviceOf(session),
    page,
    complaints: () => complaints,
    foreignRequests: () => foreign,
    close: () => context.close(),
  };
}

type Acts = Omit<
  BrowserPage,
  'addAuthenticator' | 'setVerified' | 'complaints' | 'foreignRequests' | 'close' | 'page'
>;

function actsOn(page: Page, session: CDPSession): Acts {
  // Not by the library's own way, which the pages' policy against evaluated text refuses.
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result } = await session.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    return result.value;
  };
  const waitFor = async (expression: string): Promise<void> => {
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      // A page that is just being left has nothing to evaluate in.
      if ((await evaluate(expression).catch(() => false)) === true) return;
      await setTimeout(50);
    }
    const text = await page.innerText('body').catch(() => 'no page');
    throw new Error(`${expression} did not come true on:\n${text}`);
  };
  return {
    waitFor,
    async open(url) {
      // A one-time link that differs only behind the # would load nothing.
      await page.goto('about:blank');
      await page.goto(url);
    },
    evaluate,
    click: (selector) => page.locator(selector).first().click(),
    fill: (selector, text) => page.locator(selector).first().fill(text),
    resize: (width, height) => page.setViewportSize({ width, height }),
    colorScheme: (colorScheme) => page.emulateMedia({ colorScheme }),
    async screenshot(path) {
      await page.screenshot({ path, fullPage: true });
    },
  };
}

/** @source https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/ */
function deviceOf(session: CDPSession): Pick<BrowserPage, 'addAuthenticator' | 'setVerified'> {
  return {
    async addAuthenticator() {
      await session.send('WebAuthn.enable');
      const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
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
      return authenticatorId;
    },
    async setVerified(authenticatorId, isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}
