// Finds texts that a visitor would read in a source file: in JSX, in the attributes that are read out, and in literals
// of several words.
import { parseAst } from 'vite';

export interface Found {
  readonly line: number;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Attributes and props whose text a visitor sees or hears. */
const readOut =
  /^(aria-(label|description|valuetext|roledescription|placeholder)|title|alt|placeholder|label|legend|caption|means|meaning|face|what|unit)$/;
/** Attributes with texts of several words that are no language. */
const technical =
  /^(className|style|d|viewBox|accept|aria-(describedby|labelledby|controls)|preserveAspectRatio|stroke\w*)$/;

const letter = /\p{L}/u;
const severalWords = /\p{L}[\p{L}’',.;:]* +\p{L}/u;

const mediaQuery = /^\([a-z-]+: [\w-]+\)$/;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

const nodes = (node: Node, key: string): readonly Node[] => childrenOf({ type: '', start: 0, child: node[key] });

/**
 * The literals that an expression may come to: both ends of a condition, the parts of a template; not what it compares
 * or calls.
 */
function literalsIn(node: Node): readonly Node[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node] : [];
    case 'TemplateLiteral':
      return [...nodes(node, 'quasis'), ...nodes(node, 'expressions').flatMap(literalsIn)];
    case 'TemplateElement':
      return [node];
    case 'ConditionalExpression':
      return [...nodes(node, 'consequent'), ...nodes(node, 'alternate')].flatMap(literalsIn);
    case 'LogicalExpression':
      return [...nodes(node, 'left'), ...nodes(node, 'right')].flatMap(literalsIn);
    case 'BinaryExpression':
      return node.operator === '+' ? [...nodes(node, 'left'), ...nodes(node, 'right')].flatMap(literalsIn) : [];
    case 'ParenthesizedExpression':
    case 'JSXExpressionContainer':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return nodes(node, 'expression').flatMap(literalsIn);
    default:
      return [];
  }
}

function textOf({ value }: Node): string {
  if (typeof value === 'string') return value;
  return (value as { cooked?: string } | undefined)?.cooked ?? '';
}

/** `.ts` and `.tsx` alike: what follows a type parameter is never JSX in ours. */
export function sentencesIn(source: string, isTsx: boolean): readonly Found[] {
  const found = new Map<number, string>();
  const add = (node: Node): void => {
    found.set(node.start, textOf(node).trim());
  };

  function visit(node: Node): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'TSLiteralType':
        return;
      case 'ExportNamedDeclaration':
        for (const child of nodes(node, 'declaration')) visit(child);
        return;
      case 'NewExpression':
        // For those who debug the page: `new Error('No page around this part.')`.
        if (nodes(node, 'callee').some((callee) => callee.name === 'Error')) return;
        break;
      case 'JSXText':
        if (letter.test(textOf(node))) add(node);
        return;
      case 'JSXAttribute': {
        const name = String(nodes(node, 'name')[0]?.name ?? '');
        if (technical.test(name)) return;
        if (readOut.test(name)) {
          for (const literal of nodes(node, 'value').flatMap(literalsIn))
            if (letter.test(textOf(literal))) add(literal);
        }
        break;
      }
      case 'JSXElement':
      case 'JSXFragment':
        for (const child of nodes(node, 'children').filter(({ type }) => type === 'JSXExpressionContainer')) {
          for (const literal of literalsIn(child)) if (letter.test(textOf(literal))) add(literal);
        }
        break;
      case 'AssignmentExpression':
        if (nodes(node, 'left').some((left) => nodes(left, 'property')[0]?.name === 'title')) {
          for (const literal of nodes(node, 'right').flatMap(literalsIn))
            if (letter.test(textOf(literal))) add(literal);
        }
        break;
      case 'Literal':
      case 'TemplateElement':
        if (severalWords.test(textOf(node)) && !mediaQuery.test(textOf(node))) add(node);
        return;
      default:
    }
    for (const child of childrenOf(node)) visit(child);
  }

  visit(parseAst(source, { lang: isTsx ? 'tsx' : 'ts' }) as unknown as Node);
  return [...found].map(([start, text]) => ({ line: source.slice(0, start).split('\n').length, text }));
}
