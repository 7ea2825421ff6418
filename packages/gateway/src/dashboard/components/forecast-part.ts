import type { ForecastAnswer } from '@adjutant/core';
import { AdjutantError, dayOf } from '@adjutant/core/ports';
import {
  countOf,
  formatNumber,
  formatShare,
  formatWindow,
  html,
  type SafeHtml,
} from '@adjutant/insights';
import { z } from 'zod';
import type { PageCall } from '../define-page.ts';
import { dataTable } from './data-table.ts';
import { emptyState } from './empty-state.ts';
import { freshness } from './freshness.ts';
import { pageSection } from './page-head.ts';
import { caveatList } from './plot.ts';
import { nextStepFor } from './what-to-connect.ts';

const dayMs = 86_400_000;
const usualItems = 10;
const usualDaysAhead = 14;

const askedSchema = z.object({
  items: z.coerce.number().int().min(1).max(100_000).default(usualItems),
  until: z.iso.date().optional(),
});

/** Returns when so many will be merged and how many by a day, from the days that were. */
export async function forecastPart(call: PageCall): Promise<SafeHtml> {
  const asked = readAsked(call);
  const heading = {
    id: 'forecast',
    title: 'Forecast',
    lead: 'Of merged pull requests, drawn again and again from the days that were. A probability, no promise.',
  };
  const answer = await askForecast(call, asked);
  if (answer === null || answer.reason !== null) {
    return pageSection(heading, [
      form(call, asked),
      emptyState({
        title: 'Nothing can be forecast yet',
        expect: answer?.reason ?? 'This program was given no forecast.',
        next: nextStepFor('pull_request'),
      }),
    ]);
  }
  const { history, backtest, caveats, meta, gaps } = answer;
  const held =
    backtest.share === null
      ? 'No past forecast can be checked yet.'
      : `Checked on ${countOf(backtest.forecasts, 'past Monday')}: the forecast at ${formatShare(backtest.probability)} held in ${formatNumber(backtest.held)}.`;
  return pageSection(heading, [
    form(call, asked),
    html`<div class="plots">${whenTable(answer)}${howManyTable(answer)}</div>`,
    html`<p class="quiet">Drawn from ${countOf(history.days, 'day')} (${formatWindow(history.window)}) with ${countOf(history.items, 'merge')}, ${formatNumber(history.zeroDays)} of them without one. ${held}</p>`,
    caveatList(caveats),
    freshness({ meta, timeZone: 'UTC', gaps }),
  ]);
}

interface Asked {
  items: number;
  /** The last day that is counted. */
  until: string;
}

/** @throws AdjutantError `InvalidInput` */
function readAsked({ url, now }: PageCall): Asked {
  const given = Object.fromEntries(
    ['items', 'until'].flatMap((name) => {
      const value = url.searchParams.get(name) ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = askedSchema.safeParse(given);
  if (!parsed.success) {
    throw new AdjutantError(
      'InvalidInput',
      'The forecast needs a whole number of items and a day.',
      {
        hint: 'Open Flow from the list of pages and fill in the two fields again.',
      },
    );
  }
  const { items, until } = parsed.data;
  return { items, until: until ?? dayOf(now + usualDaysAhead * dayMs, 'UTC') };
}

/** @throws AdjutantError `InvalidInput` for a day that is over */
async function askForecast(
  call: PageCall,
  { items, until }: Asked,
): Promise<ForecastAnswer | null> {
  const { repository } = call.query;
  try {
    return await call.handle.forecast({
      items,
      until: Date.parse(`${until}T00:00:00Z`) + dayMs,
      ...(repository === null ? {} : { repository }),
    });
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'Configuration') return null;
    throw error;
  }
}

function form({ url, now }: PageCall, { items, until }: Asked): SafeHtml {
  const kept = [...url.searchParams]
    .filter(([name]) => name !== 'items' && name !== 'until')
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return html`<form method="get" action="${url.pathname}#forecast" class="filter-form">${kept}<label>When are<input type="number" name="items" min="1" max="100000" value="${items}">done, and</label><label>how many by<input type="date" name="until" min="${dayOf(now + dayMs, 'UTC')}" value="${until}"></label><button class="plain">Forecast</button></form>`;
}

function whenTable({ whenDone }: ForecastAnswer): SafeHtml | null {
  if (whenDone === null) return null;
  const rows = whenDone.answers.map(({ probability, day, days }) => [
    formatShare(probability),
    day ?? 'beyond what is forecast',
    days === null ? null : formatNumber(days),
  ]);
  return table(
    'when-done',
    `When ${countOf(whenDone.items, 'pull request')} ${whenDone.items === 1 ? 'is' : 'are'} merged`,
    ['Probability', 'By the end of', 'Days'],
    rows,
  );
}

function howManyTable({ howMany }: ForecastAnswer): SafeHtml | null {
  if (howMany === null) return null;
  const rows = howMany.answers.map(({ probability, items }) => [
    formatShare(probability),
    items === null ? null : formatNumber(items),
  ]);
  return table(
    'how-many',
    `How many are merged by ${howMany.untilDay}`,
    ['Probability', 'At least'],
    rows,
  );
}

function table(
  id: string,
  title: string,
  columns: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): SafeHtml {
  const named = columns.map((name, place) => ({ id: name, title: name, isNumber: place > 0 }));
  return html`<article class="plot"><h3>${title}</h3>${dataTable({ id, caption: title, columns: named, rows })}</article>`;
}
