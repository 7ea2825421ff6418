import { formatFigure } from '@adjutant/insights';
import type { Output } from '../output.ts';
import { type Column, renderTable } from '../table.ts';
import type { HostFigure } from './compare-with-host-truth.ts';
import type { ComparedFigure } from './compared-figure.ts';

const right = (title: string): Column => ({ title, align: 'right' });

/** Returns figures beside what the generator knows. */
export function truthTable(figures: readonly ComparedFigure[], output: Output): string {
  const columns = [{ title: '  figure' }, right('Adjutant'), right('the truth'), { title: '' }];
  const rows = figures.map((figure) => [`  ${figure.title}`, ...verdictCells(figure, output)]);
  return renderTable(output, columns, rows);
}

/** Returns the same with what the clones alone had shown in front. */
export function hostTable(figures: readonly HostFigure[], output: Output): string {
  const columns = [
    { title: '  figure' },
    right('clones only'),
    right('with GitHub'),
    right('the truth'),
    { title: '' },
  ];
  const rows = figures.map((figure) => [
    `  ${figure.title}`,
    output.colors.dim(formatFigure(figure.fromClones, figure.unit)),
    ...verdictCells(figure, output),
  ]);
  return renderTable(output, columns, rows);
}

/** Says in a line whether all of them agree. */
export function verdict(figures: readonly ComparedFigure[]): string {
  const wrong = figures.filter(({ matches }) => !matches).length;
  if (wrong === 0) return `All ${figures.length} agree, before rounding for this table.`;
  return `${wrong} of ${figures.length} differ: something is wrong here, please report it.`;
}

/** Returns a tick or a cross. */
export function sign(matches: boolean, { colors }: Output): string {
  return matches ? colors.green('✓') : colors.red('✗');
}

function verdictCells({ found, truth, unit, matches }: ComparedFigure, output: Output): string[] {
  return [formatFigure(found, unit), formatFigure(truth, unit), sign(matches, output)];
}
