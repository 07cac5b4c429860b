import { expect, test } from 'vitest';
import { audioArgv, chunkArgv, commandLines, planVideo } from '../src/index.ts';
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
    `"-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -reinit_filter 0 -protocol_whitelist file -format_whitelist mov -max_pixels 67108864 -max_streams 256 -probesize 67108864 -analyzeduration 30000000 -f mov -i /in.mp4 -filter_complex [0:0]settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=150,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete,split=1[r0];[r0]null[v0] -map [v0] -fps_mode passthrough -c:v libx264 -preset ultrafast -profile:v high -pix_fmt yuv420p -crf 26 -maxrate 800000 -bufsize 1600000 -g 50 -keyint_min 50 -sc_threshold 0 -flags +cgop -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer+frag_keyframe -video_track_timescale 25000 pipe:4"`,
  );
});

test('a later chunk is cut by decoding from before it', () => {
  const plan = planVideo(probe(), preset('preview'), { chunks: { first: 1, later: 1 } });
  expect(chunkArgv(plan, 1, { ...io, outputs: ['pipe:4'] }).join(' ')).toMatchInlineSnapshot(
    `"-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -reinit_filter 0 -protocol_whitelist file -format_whitelist mov -max_pixels 67108864 -max_streams 256 -probesize 67108864 -analyzeduration 30000000 -f mov -i /in.mp4 -filter_complex [0:0]settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=4.2:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=45:end_frame=145,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete,split=1[r0];[r0]null[v0] -map [v0] -fps_mode passthrough -c:v libx264 -preset ultrafast -profile:v high -pix_fmt yuv420p -crf 26 -maxrate 800000 -bufsize 1600000 -g 50 -keyint_min 50 -sc_threshold 0 -flags +cgop -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv -rc_init_occupancy 800000 -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer+frag_keyframe -video_track_timescale 25000 pipe:4"`,
  );
});

test('the sound, all languages in one process', () => {
  const plan = planVideo(
    probe({}, [audio({ language: 'eng' }), audio({ index: 2, channels: 6, isDefault: false })]),
    preset(),
  );
  expect(audioArgv(plan, { ...io, outputs: ['pipe:4', 'pipe:5'], hasLoopback: true }).join(' ')).toMatchInlineSnapshot(
    `"-nostdin -hide_banner -y -loglevel level+info -benchmark -nostats -stats_period 0.25 -progress pipe:3 -max_error_rate 1 -copyts -protocol_whitelist file -format_whitelist mov -max_pixels 67108864 -max_streams 256 -probesize 67108864 -analyzeduration 30000000 -f mov -i /in.mp4 -map 0:1 -af aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo -c:a pcm_f32le -f null - -map 0:2 -af aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo -c:a pcm_f32le -f null - -dec 0:0 -dec 1:0 -filter_complex [dec:0]asetpts=round(PTS-0/TB),aresample=48000:async=1:min_hard_comp=0.02:first_pts=0,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,apad=whole_dur=10[a0];[dec:1]asetpts=round(PTS-0/TB),aresample=48000:async=1:min_hard_comp=0.02:first_pts=0,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,apad=whole_dur=10[a1] -map [a0] -c:a aac -profile:a aac_low -b:a 128000 -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer -frag_duration 2000000 pipe:4 -map [a1] -c:a aac -profile:a aac_low -b:a 128000 -map_metadata -1 -map_chapters -1 -fflags +bitexact -flags +bitexact -write_tmcd 0 -max_muxing_queue_size 4096 -f mp4 -movflags +cmaf+empty_moov+default_base_moof+negative_cts_offsets+skip_trailer -frag_duration 2000000 pipe:5"`,
  );
});

test('interlaced pictures are deinterlaced by their field order, at frame rate', () => {
  expect(reference({ scan: 'tff' })).toMatchInlineSnapshot(
    `"bwdif=mode=send_frame:parity=tff:deint=all,settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=640:360:flags=bicubic+accurate_rnd+full_chroma_int:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
  expect(reference({ scan: 'bff' })).toContain('parity=bff');
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

test('HDR10 and HLG are tone-mapped', () => {
  const colour = { primaries: 'bt2020', matrix: 'bt2020nc', range: 'tv' as const };
  const ten = { pixelFormat: 'yuv420p10le', bitDepth: 10 };
  expect(
    reference({ ...ten, dynamicRange: 'hdr10', colour: { ...colour, transfer: 'smpte2084' } }),
  ).toMatchInlineSnapshot(
    `"settb=AVTB,setpts=round(floor((PTS*TB-0)*25/1+0.500001)*1/25/TB)+10,fps=25/1:start_time=0:eof_action=pass,tpad=stop_mode=clone:stop=25,trim=start_frame=0:end_frame=250,scale=640:360:flags=bicubic+accurate_rnd,zscale=pin=bt2020:tin=smpte2084:min=2020_ncl:rin=tv:t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=p=bt709:t=bt709:m=bt709:r=tv,format=yuv420p,setsar=1,setparams=field_mode=prog:range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709,sidedata=mode=delete"`,
  );
  expect(reference({ ...ten, dynamicRange: 'hlg', colour: { ...colour, transfer: 'arib-std-b67' } })).toContain(
    'tin=arib-std-b67',
  );
});

test('what people read is what runs, quoted for a shell', () => {
  const [first] = commandLines(planVideo(probe(), preset()));
  expect(first?.command).toMatch(/^ffmpeg /);
  expect(first?.command).toContain("-filter_complex '[0:0]");
});
