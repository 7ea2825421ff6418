import type { ForecastAnswer } from '@adjutant/core';
import {
  formatNumber,
  formatShare,
  formatWindow,
  plainText,
  wrapToWidth,
} from '@adjutant/insights';
import { bulletLines, freshnessText, gapLines } from './answer-notes.ts';
import type { Output } from './output.ts';

/** Returns what was forecast, from which days, how such forecasts turned out, and what is missing. */
export function forecastText(forecast: ForecastAnswer, output: Output): string {
  const { reason, caveats, gaps, meta, startDay } = forecast;
  return [
    `${output.colors.bold('Merged pull requests')}, forecast from ${startDay} on.`,
    freshnessText(meta),
    ...(reason === null ? [] : ['', ...wrapToWidth(`Unknown. ${reason}`, output.columns, 6)]),
    ...(reason === null ? [...howManyLines(forecast, output), ...whenLines(forecast, output)] : []),
    '',
    ...wrapToWidth(historyText(forecast), output.columns, 6),
    ...wrapToWidth(backtestText(forecast), output.columns, 6),
    ...caveats.flatMap((caveat) =>
      caveat === reason ? [] : ['', ...bulletLines(plainText(caveat, 400), output)],
    ),
    ...gapLines({ ...meta, gaps: meta.gaps.filter(({ code }) => gaps.includes(code)) }, output),
  ].join('\n');
}

function howManyLines({ howMany }: ForecastAnswer, { colors }: Output): string[] {
  if (howMany === null) return [];
  const lines = howMany.answers.map(({ probability, items }) => {
    const told = items === null ? 'unknown' : `at least ${formatNumber(items)}`;
    return `  ${shareCell(probability)}   ${colors.cyan(told)}`;
  });
  return ['', `Until the end of ${howMany.untilDay}, ${daysText(howMany.days)}:`, ...lines];
}

function whenLines({ whenDone }: ForecastAnswer, { colors }: Output): string[] {
  if (whenDone === null) return [];
  const lines = whenDone.answers.map(({ probability, days, day }) => {
    const told = days === null ? 'unknown' : `by ${day}`;
    const after = days === null ? '' : `   ${daysText(days)}`;
    return `  ${shareCell(probability)}   ${colors.cyan(told)}${after}`;
  });
  return ['', `The next ${formatNumber(whenDone.items)}:`, ...lines];
}

function historyText({ history, seed, runs }: ForecastAnswer): string {
  const { days, items, zeroDays, window } = history;
  if (days === 0) return 'Drawn from no day: none is known.';
  return `Drawn from ${daysText(days)} (${formatWindow(window)}): ${formatNumber(items)} merged, ${formatNumber(zeroDays)} of the days without one. ${formatNumber(runs)} runs, seed ${seed}.`;
}

function backtestText({ backtest }: ForecastAnswer): string {
  const { forecasts, held, share, probability, horizonDays } = backtest;
  if (share === null) return 'Backtest: none, for want of history.';
  return `Backtest: the ${formatShare(probability)} forecast of ${daysText(horizonDays)} held on ${held} of ${forecasts} past Mondays (${formatShare(share)}).`;
}

function shareCell(probability: number): string {
  return formatShare(probability).padStart(4);
}

function daysText(days: number): string {
  return `${formatNumber(days)} ${days === 1 ? 'day' : 'days'}`;
}
