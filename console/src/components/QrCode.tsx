import { Box } from '@mui/material';
import qrcode from 'qrcode-generator';
import { useMemo } from 'react';
import { qrPath } from './qrPath';

/** A QR code, dark on white in both schemes: many cameras read no other. The text leaves the browser for nobody. */
export function QrCode({ text, label, size = 190 }: { text: string; label: string; size?: number }) {
  const { path, side } = useMemo(() => {
    const code = qrcode(0, 'M');
    code.addData(text);
    code.make();
    return qrPath(code.getModuleCount(), (row, column) => code.isDark(row, column));
  }, [text]);
  return (
    <Box sx={{ bgcolor: '#fff', borderRadius: 1, lineHeight: 0 }}>
      <svg width={size} height={size} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges"><path d={path} fill="#000" /></svg>
    </Box>
  );
}
