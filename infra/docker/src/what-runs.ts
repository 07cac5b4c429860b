/** The workspace that each image runs. */
export const WORKSPACES = {
  api: 'apps/api',
  console: 'apps/console',
  worker: 'apps/worker',
  tools: 'apps/cli',
} as const;
export type Image = keyof typeof WORKSPACES;
/** The console is what Next.js builds of it; the others run from their sources. */
export type AssembledImage = Exclude<Image, 'console'>;

export const isImage = (name: string): name is Image => Object.hasOwn(WORKSPACES, name);
export const isAssembled = (name: string): name is AssembledImage => isImage(name) && name !== 'console';

/** What of a workspace runs besides its `src`. */
export const BESIDES_SOURCES: Readonly<Record<string, readonly string[]>> = {
  'packages/db': ['prisma/migrations'],
  'infra/monitoring': ['alertmanager/src', 'prometheus/src', 'prometheus/prometheus.local.yml', 'prometheus/rules'],
};

/** Packages that nothing of ours loads: types and command lines, what next-auth has for pages, and what pnpm-workspace.yaml keeps out. */
const UNUSED = new Set(['prisma', 'typescript', 'next', 'react', 'react-dom', 'nodemailer', '@scarf/scarf']);

export const isUnused = (name: string): boolean => UNUSED.has(name) || name.startsWith('@types/');

/** Of a package, what no process reads: what compilers and debuggers want, and engines for databases that we do not have. */
const UNREAD: readonly RegExp[] = [
  /\.map$/,
  /\.d\.[cm]?ts$/,
  /\/@prisma\/client\/runtime\/(wasm-compiler|index-browser|query_compiler_(?!fast_bg\.postgresql\.))/,
  /\/@prisma\/client\/runtime\/query_compiler_.*\.wasm-base64\.js$/,
  /\/swagger-ui-dist\/swagger-ui(-es-bundle.*)?\.js$/,
];

export const isUnread = (file: string): boolean => UNREAD.some((pattern) => pattern.test(file));
