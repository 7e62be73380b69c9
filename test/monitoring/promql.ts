/** Which metrics and labels a query of PromQL names, by Prometheus' own grammar. */
import { parser } from '@prometheus-io/lezer-promql';

export interface Selector {
  readonly metric: string;
  /** labels it is matched by */
  readonly matched: readonly string[];
}

export interface Query {
  /** where it is no PromQL: the offset; undefined when it is */
  readonly fault: number | undefined;
  readonly selectors: readonly Selector[];
  /** labels named by `by`, `on` and the like */
  readonly grouped: readonly string[];
}

/** Grafana's variables, as values the grammar knows. */
function withoutVariables(query: string): string {
  return query.replaceAll(/\$__(?:rate_)?interval/g, '5m').replaceAll(/\$\{?\w+\}?/g, 'x');
}

/** Takes a query apart. */
export function readQuery(text: string): Query {
  const query = withoutVariables(text);
  const selectors: Array<{ metric: string; matched: string[] }> = [];
  const grouped: string[] = [];
  let fault: number | undefined;
  parser.parse(query).iterate({
    enter(node) {
      const words = query.slice(node.from, node.to);
      if (node.type.isError) fault ??= node.from;
      if (node.name === 'VectorSelector') {
        const name = node.node.getChild('Identifier');
        selectors.push({ metric: name ? query.slice(name.from, name.to) : '', matched: [] });
      }
      if (node.name !== 'LabelName') return;
      if (node.node.parent?.name === 'GroupingLabels') grouped.push(words);
      else selectors.at(-1)?.matched.push(words);
    },
  });
  return { fault, selectors, grouped };
}
