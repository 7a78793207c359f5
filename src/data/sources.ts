// Where the fetched datasets live, and how to know their files: sizes and SHA-256 of the content, after gunzip.
import { datasets } from '../config/datasets.ts';
import type { FetchedId } from './dataset.ts';

export type FileRole = 'trainLabels' | 'trainImages' | 'testLabels' | 'testImages';

export interface SourceFile {
  /** Its name, the same at every address. */
  readonly name: string;
  /** Bytes as the official gz has them; a mirror may have compressed anew. For progress only. */
  readonly gzBytes: number;
  /** Bytes after gunzip, exactly. */
  readonly bytes: number;
  /** SHA-256 of the content after gunzip, hex. */
  readonly sha256: string;
}

export interface Source {
  readonly id: FetchedId;
  readonly label: string;
  /** A host's own copy, relative to the page. */
  readonly folder: string;
  /** Folders at other hosts that allow pages to read them (CORS), best first. */
  readonly addresses: readonly string[];
  readonly files: Readonly<Record<FileRole, SourceFile>>;
}

/**
 * The order of fetching: a small file tells whether a host has the dataset; what training needs comes before the test.
 */
export const fileOrder: readonly FileRole[] = ['trainLabels', 'trainImages', 'testLabels', 'testImages'];

const sizes = { trainLabels: 60_008, trainImages: 47_040_016, testLabels: 10_008, testImages: 7_840_016 };

/** The four files under their usual names: [bytes of the gz, SHA-256 of the content]. */
function files(facts: Record<FileRole, readonly [number, string]>): Record<FileRole, SourceFile> {
  const file = (role: FileRole, name: string): SourceFile => ({
    name,
    gzBytes: facts[role][0],
    bytes: sizes[role],
    sha256: facts[role][1],
  });
  return {
    trainLabels: file('trainLabels', 'train-labels-idx1-ubyte.gz'),
    trainImages: file('trainImages', 'train-images-idx3-ubyte.gz'),
    testLabels: file('testLabels', 't10k-labels-idx1-ubyte.gz'),
    testImages: file('testImages', 't10k-images-idx3-ubyte.gz'),
  };
}

export const sources: Readonly<Record<FetchedId, Source>> = {
  mnist: {
    id: 'mnist',
    label: datasets.mnist.label,
    folder: 'data/mnist/',
    addresses: ['https://cdn.jsdelivr.net/gh/fgnt/mnist/', 'https://raw.githubusercontent.com/fgnt/mnist/master/'],
    files: files({
      trainLabels: [28_881, '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5'],
      trainImages: [9_912_422, 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db'],
      testLabels: [4_542, 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2'],
      testImages: [1_648_877, '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7'],
    }),
  },
  // The labels' checksums were computed from the files of github.com/zalandoresearch/fashion-mnist (data/fashion,
  // commit b2617bb). The images' are those that several independent public projects pin for the gunzipped content,
  // beside the very values computed for the labels; one of them took them from archives with the publisher's own MD5
  // sums. jsDelivr refuses files above 20 MB from repositories above 50 MB, so it comes second here.
  'fashion-mnist': {
    id: 'fashion-mnist',
    label: datasets['fashion-mnist'].label,
    folder: 'data/fashion-mnist/',
    addresses: [
      'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
      'https://cdn.jsdelivr.net/gh/zalandoresearch/fashion-mnist@master/data/fashion/',
    ],
    files: files({
      trainLabels: [29_515, 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9'],
      trainImages: [26_421_880, 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888'],
      testLabels: [5_148, '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34'],
      testImages: [4_422_102, '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b'],
    }),
  },
};
