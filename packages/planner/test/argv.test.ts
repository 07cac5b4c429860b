import { PLAN_VERSIONS, type Shape } from '@transcode/contracts';
import { expect, test } from 'vitest';
import {
  audioArgv,
  chunkArgv,
  commandLines,
  pictureReferenceArgv,
  planVideo,
  squeezedReferenceArgv,
} from '../src/index.ts';
import { audio, preset, probe } from './sources.ts';

const io = { source: '/in.mp4', protocols: 'file', progress: 'pipe:3' };

/** The command line of the first chunk at the smallest preset, where one rendition shows all there is to see. */
function line(picture: Parameters<typeof probe>[0]): string {
  const plan = planVideo(probe(picture), preset('preview'));
  return chunkArgv(plan, 0, { ...io, outputs: plan.video.map((_, index) => `pipe:${index + 4}`) }).join(' ');
}

/** The filters between the source and the split. */
function reference(picture: Parameters<typeof probe>[0]): string {
  return planVideo(probe(picture), preset('preview')).referenceFilter;
}

test('the whole ladder is one process with one decode', () => {
  const plan = planVideo(probe(), preset());
  const argv = chunkArgv(plan, 0, { ...io, outputs: plan.video.map((_, index) => `pipe:${index + 4}`) });
  expect(argv.filter((word) => word === '-i')).toHaveLength(1);
  expect(argv.filter((word) => word === 'libx264')).toHaveLength(6);
  expect(argv.filter((word) => /^pipe:\d+$/.test(word))).toEqual([
    'pipe:3',
    'pipe:4',
    'pipe:5',
    'pipe:6',
    'pipe:7',
    'pipe:8',
    'pipe:9',
  ]);
});

test('a 1080p25 picture, whole', () => {
  expect(line({})).toMatchInlineSnapshot(
    `"-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -reinit_filter 0 -protocol_whitelist file -format_whitelist mov -max_pixels 67108864 -max_streams 1000 -probesize 67108864 -analyzeduration 30000000 -f mov -i /in.mp4 -filter_complex [0:0]settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=150,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete,split=1[r0];[r0]null[v0] -map [v0] -fps_mode passthrough -c:v libx264 -preset ultrafast -profile:v high -pix_fmt yuv420p -crf 26 -maxrate 800000 -bufsize 1600000 -g 50 -keyint_min 50 -sc_threshold 0 -flags +cgop -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer+frag_keyframe -video_track_timescale 25000 pipe:4"`,
  );
});

test('a later chunk is cut by decoding from before it', () => {
  const plan = planVideo(probe(), preset('preview'), { chunks: { first: 1, later: 1 } });
  expect(chunkArgv(plan, 1, { ...io, outputs: ['pipe:4'] }).join(' ')).toMatchInlineSnapshot(
    `"-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -reinit_filter 0 -protocol_whitelist file -format_whitelist mov -max_pixels 67108864 -max_streams 1000 -probesize 67108864 -analyzeduration 30000000 -f mov -i /in.mp4 -filter_complex [0:0]settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=4.2:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=45:end_frame=145,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete,split=1[r0];[r0]null[v0] -map [v0] -fps_mode passthrough -c:v libx264 -preset ultrafast -profile:v high -pix_fmt yuv420p -crf 26 -maxrate 800000 -bufsize 1600000 -g 50 -keyint_min 50 -sc_threshold 0 -flags +cgop -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -rc_init_occupancy 800000 -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer+frag_keyframe -video_track_timescale 25000 pipe:4"`,
  );
});

test('the sound: one process reads all of it, and one a language puts it on the clock', () => {
  const plan = planVideo(
    probe({}, [audio({ language: 'eng' }), audio({ index: 2, channels: 6, isDefault: false })]),
    preset(),
  );
  const between = { outputs: ['pipe:4', 'pipe:5'], inputs: ['pipe:0', 'pipe:0'], protocol: 'pipe' as const };
  const { even, renditions } = audioArgv(plan, { ...io, even: between, outputs: ['pipe:4', 'pipe:4'] });
  expect(even.join(' ')).toMatchInlineSnapshot(
    `"-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -protocol_whitelist file -format_whitelist mov -max_pixels 67108864 -max_streams 1000 -probesize 67108864 -analyzeduration 30000000 -f mov -i /in.mp4 -map 0:1 -af aresample=rematrix_maxval=1,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,asetpts=PTS-(-2)/TB,atrim=start=0 -c:a pcm_f32le -max_muxing_queue_size 4096 -f nut -write_index 0 pipe:4 -map 0:2 -af aresample=rematrix_maxval=1,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,asetpts=PTS-(-2)/TB,atrim=start=0 -c:a pcm_f32le -max_muxing_queue_size 4096 -f nut -write_index 0 pipe:5"`,
  );
  expect(renditions.map((argv) => argv.join(' '))).toMatchInlineSnapshot(`
    [
      "-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -protocol_whitelist pipe -format_whitelist nut -itsoffset -2 -f nut -i pipe:0 -filter_complex [0:0]asetpts=round(PTS-0/TB),aresample=48000:async=1:min_hard_comp=0.02:first_pts=0,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,apad=whole_dur=10[a] -map [a] -c:a aac -profile:a aac_low -b:a 128000 -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer -frag_duration 2000000 pipe:4",
      "-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -protocol_whitelist pipe -format_whitelist nut -itsoffset -2 -f nut -i pipe:0 -filter_complex [0:0]asetpts=round(PTS-0/TB),aresample=48000:async=1:min_hard_comp=0.02:first_pts=0,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,apad=whole_dur=10[a] -map [a] -c:a aac -profile:a aac_low -b:a 128000 -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer -frag_duration 2000000 pipe:4",
    ]
  `);
});

test('interlaced pictures are deinterlaced by their field order, at frame rate', () => {
  expect(reference({ scan: 'tff' })).toMatchInlineSnapshot(
    `"bwdif=mode=send_frame:parity=tff:deint=all,settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
  expect(reference({ scan: 'bff' })).toContain('parity=bff');
});

test('lines before the picture are cut off before its fields are looked at', () => {
  expect(reference({ width: 720, height: 576, scan: 'tff', blankLines: 32 })).toMatch(
    /^crop=iw:ih-32:0:32,bwdif=mode=send_frame:parity=tff/,
  );
});

test('standard definition is converted from BT.601', () => {
  expect(reference({ width: 720, height: 576, colour: {} })).toMatchInlineSnapshot(
    `"settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=450:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt470bg:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
});

test('full range and RGB become limited BT.709', () => {
  expect(reference({ pixelFormat: 'yuvj420p', colour: { range: 'pc' } })).toMatchInlineSnapshot(
    `"settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=pc:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
  expect(reference({ pixelFormat: 'bgr0', colour: {} })).toMatchInlineSnapshot(
    `"settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
});

test('transparent pictures are laid over black', () => {
  expect(reference({ pixelFormat: 'argb', hasAlpha: true, colour: {} })).toMatchInlineSnapshot(
    `"settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,format=gbrap,premultiply=inplace=1,format=gbrp,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
});

test('where only another decoder sees what is transparent, it decodes for all', () => {
  const plan = planVideo(probe({ index: 2, decoder: 'libvpx-vp9' }), preset('preview'));
  const window = { startFrame: 0, endFrame: 150, thumbnail: { width: 32, height: 18 } };
  const lines = [
    chunkArgv(plan, 0, { ...io, outputs: ['pipe:4'] }),
    pictureReferenceArgv(plan, window, { ...io, output: 'pipe:4' }),
  ];
  for (const argv of lines) expect(argv.join(' ')).toContain(' -c:2 libvpx-vp9 -f mov -i /in.mp4');
  expect(plan.version).toBe(PLAN_VERSIONS.withDecoderOrWithoutEdits);
  expect(planVideo(probe(), preset('preview')).version).toBe(PLAN_VERSIONS.plain);
});

test('a source whose edits leave nothing is opened without them by all', () => {
  const plan = planVideo({ ...probe(), isWithoutEdits: true }, preset('preview'));
  const window = { startFrame: 0, endFrame: 150, thumbnail: { width: 32, height: 18 } };
  const between = { outputs: ['pipe:4'], inputs: ['pipe:0'], protocol: 'pipe' as const };
  const lines = [
    chunkArgv(plan, 0, { ...io, outputs: ['pipe:4'] }),
    pictureReferenceArgv(plan, window, { ...io, output: 'pipe:4' }),
    audioArgv(plan, { ...io, even: between, outputs: ['pipe:4'] }).even,
  ];
  for (const argv of lines) expect(argv.join(' ')).toContain(' -advanced_editlist 0 -f mov -i /in.mp4');
  expect(plan.version).toBe(PLAN_VERSIONS.withDecoderOrWithoutEdits);
});

test('HDR10 and HLG are tone-mapped', () => {
  const colour = { primaries: 'bt2020', matrix: 'bt2020nc', range: 'tv' as const };
  const ten = { pixelFormat: 'yuv420p10le', bitDepth: 10 };
  expect(
    reference({ ...ten, dynamicRange: 'hdr10', colour: { ...colour, transfer: 'smpte2084' } }),
  ).toMatchInlineSnapshot(
    `"settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,setparams=range=tv:colorspace=bt709,scale=640:360:flags=bicubic+accurate_rnd,setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc,zscale=p=bt709:t=linear:m=gbr:r=pc:npl=203,format=gbrpf32le,tonemap=tonemap=hable:desat=0,zscale=p=bt709:t=bt709:m=bt709:r=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
  expect(reference({ ...ten, dynamicRange: 'hlg', colour: { ...colour, transfer: 'arib-std-b67' } })).toContain(
    'color_trc=arib-std-b67',
  );
});

test('what people read is what runs, quoted for a shell', () => {
  const [first] = commandLines(planVideo(probe(), preset()));
  expect(first?.command).toMatch(/^ffmpeg /);
  expect(first?.command).toContain("-filter_complex '[0:0]");
});

test('a picture that is held is decoded once, and repeated behind all that is done to it', () => {
  const held = planVideo(probe({}, [audio({ endSeconds: 40 })]), preset('preview'), { chunks: { first: 1, later: 3 } });
  const graphs = held.chunks.map((_, index) => {
    const argv = chunkArgv(held, index, { ...io, outputs: ['pipe:4'] });
    return /trim=([^,]+),.*\[r0\]null([^[]*)\[v0\]/.exec(argv.join(' '))?.slice(1);
  });
  expect(graphs).toEqual([
    ['start_frame=0:end_frame=150', ''],
    ['start_frame=45:end_frame=145', ',tpad=stop_mode=clone:stop=350'],
    ['start_frame=45:end_frame=46', ',tpad=stop_mode=clone:stop=399'],
  ]);
});

const moved = (time: string) => `if(eq(${time},NOPTS),NOPTS,${time}-900*gte(N,100)+45*gte(N,200))`;

test('a clock that jumps is mended packet by packet, and only for the streams in which it does', () => {
  const clock = [
    {
      streamIndex: 1,
      jumps: [
        { fromPacket: 100, ticks: -900 },
        { fromPacket: 200, ticks: 45 },
      ],
    },
  ];
  const between = { outputs: ['pipe:4'], inputs: ['pipe:0'], protocol: 'pipe' as const };
  const plan = planVideo({ ...probe(), clock }, preset());
  const { even: argv } = audioArgv(plan, { ...io, even: between, outputs: ['pipe:4'] });
  expect(argv[argv.indexOf('-bsf:1') + 1]).toBe(`setts=pts='${moved('PTS')}':dts='${moved('DTS')}'`);
});

test('pictures without times are shown by their number, at the rate of the stream', () => {
  expect(reference({ isCounted: true, rate: { num: 120, den: 1 }, keyframes: [] })).toContain(
    'setpts=round(floor((N*1/120-0)*60/1+0.750001)*1/60/TB)+10,fps=60/1',
  );
});

const SQUARE = { num: 1, den: 1 };
const TWO_SHAPES = {
  ...{ width: 640, height: 480, displayWidth: 1280, displayHeight: 720 },
  shapes: [
    { fromSeconds: 0, width: 640, height: 480, sampleAspect: SQUARE },
    { fromSeconds: 4, width: 1280, height: 720, sampleAspect: SQUARE },
  ],
};

test('pictures that change their shape are fitted into one frame before all else, each by its own', () => {
  expect(reference(TWO_SHAPES)).toMatchInlineSnapshot(
    `"setparams=range=tv:colorspace=bt709,scale=w=if(gt(st(0\\,360*iw*(1)/ih)\\,638)\\,640\\,max(2\\,2*round(ld(0)/2))):h=if(gt(st(0\\,640*ih/(iw*(1)))\\,358)\\,360\\,max(2\\,2*round(ld(0)/2))):eval=frame:flags=bicubic+accurate_rnd,pad=w=640:h=360:x=(ow-iw)/2:y=2*floor((oh-ih)/4):eval=frame,setsar=1,settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
  const words = line(TWO_SHAPES).split(' ');
  expect(words.indexOf('-noautorotate')).toBeLessThan(words.indexOf('-i'));
  expect(words).toContain('-noautorotate');
  expect(line({ shapes: [{ fromSeconds: 0, width: 1920, height: 1080, sampleAspect: SQUARE }] })).toBe(line({}));
});

function shape(fromSeconds: number, height: number, num: number, den: number): Shape {
  return { fromSeconds, width: 720, height, sampleAspect: { num, den } };
}

test('the aspect of pixels goes by the size of a picture, and by its time where pictures of one size differ', () => {
  const shapes = [shape(0, 576, 16, 15), shape(4, 576, 64, 45), shape(8, 480, 8, 9), shape(12, 576, 16, 15)];
  expect(reference({ ...TWO_SHAPES, shapes })).toContain(
    '360*iw*(16/15+gte(t\\,3.999)*(64/45-16/15)+gte(t\\,11.999)*(16/15-64/45)+eq(iw\\,720)*eq(ih\\,480)*(8/9-(16/15+',
  );
});

test('where they are interlaced, fields are scaled each for itself, and deinterlaced before they are turned', () => {
  const turned = { ...TWO_SHAPES, scan: 'tff', rotation: 90, displayWidth: 720, displayHeight: 1280 } as const;
  expect(reference(turned)).toMatchInlineSnapshot(
    `"setparams=range=tv:colorspace=bt709,scale=w=if(gt(st(0\\,720*iw*(1)/ih)\\,1278)\\,1280\\,max(2\\,2*round(ld(0)/2))):h=if(gt(st(0\\,1280*ih/(iw*(1)))\\,716)\\,720\\,max(4\\,4*round(ld(0)/4))):eval=frame:flags=bicubic+accurate_rnd:interl=1,pad=w=1280:h=720:x=(ow-iw)/2:y=4*floor((oh-ih)/8):eval=frame,setsar=1,bwdif=mode=send_frame:parity=tff:deint=all,transpose=clock,settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=360:640:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
});

test('what they are checked against does not know the frame', () => {
  const source = probe(TWO_SHAPES);
  const plan = planVideo(source, preset('preview'));
  const window = { startFrame: 0, endFrame: 100 };
  const argv = squeezedReferenceArgv(
    plan,
    { probe: source, window, thumbnail: { width: 64, height: 36 } },
    { ...io, output: 'pipe:4' },
  );
  expect(argv.join(' ')).toMatchInlineSnapshot(
    `"-nostdin -hide_banner -y -loglevel level+info -nostats -max_error_rate 1 -stats_period 0.25 -progress pipe:3 -copyts -reinit_filter 0 -noautorotate -protocol_whitelist file -format_whitelist mov -max_pixels 67108864 -max_streams 1000 -probesize 67108864 -analyzeduration 30000000 -f mov -i /in.mp4 -filter_complex [0:0]settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=100,showinfo=checksum=0,setparams=range=tv:colorspace=bt709,scale=256:288:flags=area+accurate_rnd:interl=0,scale=256:144:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete,scale=64:36:flags=area+accurate_rnd+full_chroma_int,format=yuv420p[t] -map [t] -fps_mode passthrough -f rawvideo pipe:4"`,
  );
});

test.each([
  [{ transfer: 'smpte2084' }, 'color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc'],
  [{ transfer: 'arib-std-b67', matrix: 'gbr' }, 'color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc'],
  [{ transfer: 'smpte2084', matrix: 'ictcp' }, 'color_primaries=bt2020:color_trc=smpte2084:colorspace=ictcp'],
  [{ transfer: 'smpte2084', matrix: 'bt2020c' }, 'color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc'],
  [{ primaries: 'smpte431', transfer: 'smpte428' }, 'color_primaries=smpte432:color_trc=bt709:colorspace=bt709'],
  [{ primaries: 'bt2020', matrix: 'smpte2085' }, 'color_primaries=bt2020:color_trc=bt709:colorspace=bt2020nc'],
  [{ primaries: 'bt709', matrix: 'ycgco' }, 'color_primaries=bt709:color_trc=bt709:colorspace=ycgco'],
  [{ transfer: 'linear' }, 'color_primaries=bt709:color_trc=linear:colorspace=bt709'],
  [{ matrix: 'gbr' }, 'setparams=colorspace=bt709,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color'],
])('colours said as %o are taken as %s', (colour, taken) => {
  const transfer = 'transfer' in colour ? colour.transfer : '';
  const dynamicRange = transfer === 'smpte2084' ? 'hdr10' : transfer === 'arib-std-b67' ? 'hlg' : 'sdr';
  expect(reference({ colour, dynamicRange })).toContain(taken);
});
