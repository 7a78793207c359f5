// A network layer by layer, as Keras's summary prints it: output shape and parameters.
import { type Layer, layersOf, type NetworkName } from '../../config/networks.ts';
import type { RunConfig } from '../../config/run.ts';
import { layerParameters, parameterCount } from '../../config/weights.ts';
import { useWords, type Words } from '../words/words.ts';
import styles from './HowItWorks.module.css';

export function NetworkTable({ network, config }: { readonly network: NetworkName; readonly config: RunConfig }) {
  const words = useWords();
  const { explain, format } = words;
  return (
    // Wide enough to scroll on a phone, hence to be reached with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <section className={styles.scroll} tabIndex={0} aria-label={explain.layerByLayer(network)}>
      <table className={styles.table} data-kind={network}>
        <caption>{explain.tableOf(network, parameterCount(network, config))}</caption>
        <thead>
          <tr>
            <th scope="col">{explain.layer}</th>
            <th scope="col">{explain.outputShape}</th>
            <th scope="col">{explain.parameterColumn}</th>
          </tr>
        </thead>
        <tbody>
          {layersOf(network, config).map((layer) => (
            <tr key={layer.name}>
              <th scope="row">
                {explain.layers[layer.kind]} <span className={styles.detail}>{detailOf(layer, words)}</span>
              </th>
              <td>{format.shape(layer.outputShape)}</td>
              <td>{format.count(layerParameters(layer))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{explain.total}</th>
            <td />
            <td>{format.count(parameterCount(network, config))}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function detailOf(layer: Layer, { explain, format }: Words): string {
  switch (layer.kind) {
    case 'Conv2D':
    case 'Conv2DTranspose':
      return explain.kernel(layer.kernel, layer.strides, layer.kind === 'Conv2D' && layer.activation === 'sigmoid');
    case 'LeakyReLU':
      return format.setting(layer.slope);
    case 'Dropout':
      return format.setting(layer.rate);
    case 'BatchNormalization':
      return explain.momentum(layer.momentum);
    case 'Dense':
    case 'Reshape':
    case 'Flatten':
      return '';
    default:
      return layer satisfies never;
  }
}
