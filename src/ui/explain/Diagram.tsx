// The two phases as diagrams of boxes and arrows, with the shapes of the run and one picture of each kind from it.
import type { ReactNode } from 'react';
import { generatorWidths } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import { parameterCount } from '../../config/weights.ts';
import { gridOf, shownOf } from '../../page/explore/pretrained.ts';
import { PictureSheet } from '../components/PictureSheet.tsx';
import { usePageState } from '../components/pageContext.ts';
import { useWords } from '../words/words.ts';
import styles from './Diagram.module.css';

interface DiagramProps {
  readonly config: RunConfig;
}

export function TrainingDiagram({ config }: DiagramProps) {
  const { explain, datasets, format } = useWords();
  const dataset = usePageState((state) => state.loaded?.info.id ?? null);
  const half = format.count(config.batch / 2);
  return (
    <figure className={styles.figure}>
      <figcaption>{explain.training}</figcaption>
      <div className={styles.training}>
        <Box area="noise" title={explain.noise} shape={`${half} × ${config.latent}`}>
          <Noise />
        </Box>
        <Arrow area="a1" />
        <Box
          area="gen"
          title={explain.generator}
          kind="generator"
          shape={explain.parameters(parameterCount('generator', config))}
        />
        <Arrow area="a2" kind="generator" />
        <Box area="fake" title={explain.fake} kind="generator" shape={`${half} × 28 × 28`}>
          <Fake />
        </Box>
        <Box area="real" title={explain.real} shape={`${half} × 28 × 28`}>
          <Real />
        </Box>
        <Join area="join" />
        <Box
          area="dis"
          title={explain.discriminator}
          kind="discriminator"
          shape={explain.parameters(parameterCount('discriminator', config))}
        />
        <Arrow area="a3" kind="discriminator" />
        <div className={styles.answer} style={{ gridArea: 'answer' }}>
          <strong>{explain.realOrFake}</strong>
          <LastLosses />
          <span className={styles.shape}>
            {dataset === null ? explain.noDataset : explain.realOnes(datasets[dataset])}
          </span>
        </div>
      </div>
    </figure>
  );
}

/** A part of its own: it changes ten times a second, and the pictures around it do not. */
function LastLosses() {
  const { explain, format } = useWords();
  const last = usePageState((state) => state.last);
  return (
    <>
      <span className={styles.dLoss}>
        {explain.discriminatorLoss(format.loss(last?.discriminatorLoss ?? Number.NaN))}
      </span>
      <span className={styles.gLoss}>{explain.generatorLoss(format.loss(last?.generatorLoss ?? Number.NaN))}</span>
    </>
  );
}

export function GenerationDiagram({ config }: DiagramProps) {
  const { explain } = useWords();
  const filters = [...new Set(generatorWidths(config))];
  return (
    <figure className={styles.figure}>
      <figcaption>{explain.generation}</figcaption>
      <div className={styles.generation}>
        <Box area="noise" title={explain.noise} shape={`1 × ${config.latent}`}>
          <Noise />
        </Box>
        <Arrow area="a1" />
        <Box area="gen" title={explain.generator} kind="generator" shape={explain.generatorShape(filters)} />
        <Arrow area="a2" kind="generator" />
        <Box area="fake" title={explain.digit} kind="generator" shape="28 × 28">
          <Fake />
        </Box>
      </div>
    </figure>
  );
}

type Kind = 'generator' | 'discriminator';

interface BoxProps {
  readonly area: string;
  readonly title: string;
  readonly shape: string;
  readonly kind?: Kind;
  readonly children?: ReactNode;
}

function Box({ area, title, shape, kind, children }: BoxProps) {
  return (
    <div className={styles.box} data-kind={kind} data-network={children === undefined} style={{ gridArea: area }}>
      {children}
      <strong>{title}</strong>
      <span className={styles.shape}>{shape}</span>
    </div>
  );
}

function Arrow({ area, kind }: { readonly area: string; readonly kind?: Kind }) {
  return (
    <svg className={styles.arrow} data-kind={kind} style={{ gridArea: area }} viewBox="0 0 32 12" aria-hidden="true">
      <path d="M1 6h29M25 1.5L30 6l-5 4.5" strokeDasharray={kind === 'discriminator' ? '5 3' : undefined} />
    </svg>
  );
}

/** Two ways that become one. */
function Join({ area }: { readonly area: string }) {
  return (
    <svg
      className={styles.join}
      style={{ gridArea: area }}
      viewBox="0 0 32 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d="M0 22H14V78H0M14 50H31" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const blank = new Uint8Array(28 * 28);

function Fake() {
  const pixels = usePageState((state) => gridOf(state)?.pictures.pixels ?? blank);
  return <PictureSheet pixels={pixels} columns={1} rows={1} tile={56} gap={0} />;
}

function Real() {
  const pixels = usePageState((state) => state.loaded?.samples.pixels ?? blank);
  return <PictureSheet pixels={pixels} columns={1} rows={1} tile={56} gap={0} />;
}

/** The first tile's latent, as heights: what the picture beside it is made from. */
function Noise() {
  const latents = usePageState((state) => shownOf(state)?.gridLatents ?? null);
  const size = usePageState((state) => shownOf(state)?.latent ?? 0);
  const shown = Math.min(size, 28);
  return (
    <svg className={styles.noise} viewBox={`0 -14 ${28} 28`} aria-hidden="true">
      {latents !== null &&
        Array.from(latents.subarray(0, shown), (value, i) => {
          const height = Math.min(14, Math.abs(value) * 5);
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          return <rect key={i} x={i + 0.15} y={value > 0 ? -height : 0} width={0.7} height={Math.max(0.3, height)} />;
        })}
    </svg>
  );
}
