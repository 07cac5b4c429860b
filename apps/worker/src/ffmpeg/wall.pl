# Starts a command behind a wall that needs no privilege: Landlock for files, TCP ports, signals and abstract sockets, and a seccomp
# filter for every other kind of socket. Perl, as it is in every Debian, reaches the system calls, and nothing has to be compiled.
#
#   perl wall.pl [--read PATH]... [--run PATH]... [--write PATH]... [--connect PORT | --any-network] -- COMMAND...
#   perl wall.pl --abi          prints the version of Landlock; 0 where there is none
#
# Numbers are of linux/landlock.h, linux/seccomp.h and linux/audit.h. What the kernel does not know yet is left open; see docs/security.md.
use strict;
use warnings;
use Config;
use Fcntl;

use constant {
    LANDLOCK_CREATE_RULESET => 444,
    LANDLOCK_ADD_RULE       => 445,
    LANDLOCK_RESTRICT_SELF  => 446,
    RULE_PATH_BENEATH       => 1,
    RULE_NET_PORT           => 2,
    PR_SET_NO_NEW_PRIVS     => 38,
    PR_SET_SECCOMP          => 22,
    SECCOMP_MODE_FILTER     => 2,
    O_PATH                  => 010000000,
    EPERM                   => 1,
    EACCES                  => 13,
};

# Of the architecture: its number for audit, prctl, socket and io_uring_setup.
my %MACHINES = (
    x86_64  => { audit => 0xC000003E, prctl => 157, socket => 41 },
    aarch64 => { audit => 0xC00000B7, prctl => 167, socket => 198 },
);
my ($arch) = $Config{archname} =~ /^(x86_64|aarch64)/;
my $machine = defined $arch ? $MACHINES{$arch} : undef;
my $IO_URING_SETUP = 425;

my $abi = defined $machine ? syscall(LANDLOCK_CREATE_RULESET, 0, 0, 1) : 0;
$abi = 0 if $abi < 0;

my (@rules, $port, $any_network);
while (@ARGV) {
    my $option = shift @ARGV;
    if    ($option eq '--abi')         { print "$abi\n"; exit 0 }
    elsif ($option eq '--')            { last }
    elsif ($option eq '--connect')     { $port = shift @ARGV }
    elsif ($option eq '--any-network') { $any_network = 1 }
    elsif ($option =~ /^--(read|run|write)$/) { push @rules, [$1, shift @ARGV] }
    else                               { fail("there is no option $option") }
}
@ARGV or fail('there is no command');

sub fail { print STDERR "wall: $_[0]\n"; exit 126 }

sub control { syscall($machine->{prctl}, @_, 0, 0) == 0 or fail("prctl: $!") }

defined $machine or fail("it knows nothing of $Config{archname}");
control(PR_SET_NO_NEW_PRIVS, 1, 0);
landlock() if $abi > 0;
seccomp() unless $any_network;
{ no warnings 'exec'; exec { $ARGV[0] } @ARGV }
fail("$ARGV[0]: $!");

sub landlock {
    my $execute = 1 << 0;
    my $read    = 1 << 2 | 1 << 3;
    # Files and folders are written, made and removed; nothing else is made.
    my $write   = $read | 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 13 | 1 << 14;
    # All that this kernel can forbid: writing, reading, making, removing; then moving, cutting, and ioctl on devices.
    my $all = 0x1FFF;
    $all |= 1 << 13 if $abi >= 2;
    $all |= 1 << 14 if $abi >= 3;
    $all |= 1 << 15 if $abi >= 5;
    my $net = $abi >= 4 && !$any_network ? 3 : 0;
    my $scoped = $abi >= 6 ? 3 : 0;
    my $attributes = pack('QQQ', $all, $net, $scoped);
    my $size = $abi >= 6 ? 24 : $abi >= 4 ? 16 : 8;
    my $set = syscall(LANDLOCK_CREATE_RULESET, $attributes, $size, 0);
    $set >= 0 or fail("landlock_create_ruleset: $!");
    for my $rule (@rules) {
        my ($kind, $path) = @$rule;
        sysopen(my $handle, $path, O_PATH) or next;
        my $allowed = $kind eq 'read' ? $read : $kind eq 'run' ? $read | $execute : $write;
        # Of a file nothing can be asked that is of folders alone.
        $allowed &= $execute | 1 << 1 | 1 << 2 | 1 << 14 unless -d $handle;
        $allowed &= $all;
        my $beneath = pack('Ql', $allowed, fileno $handle);
        syscall(LANDLOCK_ADD_RULE, $set, RULE_PATH_BENEATH, $beneath, 0) == 0 or fail("landlock_add_rule $path: $!");
    }
    if ($net && defined $port) {
        my $connect = pack('QQ', 2, $port);
        syscall(LANDLOCK_ADD_RULE, $set, RULE_NET_PORT, $connect, 0) == 0 or fail("landlock_add_rule $port: $!");
    }
    syscall(LANDLOCK_RESTRICT_SELF, $set, 0) == 0 or fail("landlock_restrict_self: $!");
}

# No socket at all; or TCP over IPv4 alone, whose ports are Landlock's. io_uring could open one past this, and so could the calls of
# another architecture.
sub seccomp {
    my ($load, $equal, $anyBit, $return, $and) = (0x20, 0x15, 0x45, 0x06, 0x54);
    my $refuse  = 0x00050000 | EACCES;
    my $allow   = 0x7FFF0000;
    my @socket = !defined $port ? ([$return, 0, 0, $refuse]) : (
        [$load,   0, 0, 16],
        [$equal,  0, 7, 2],
        [$load,   0, 0, 24],
        [$and,    0, 0, 0xF],
        [$equal,  0, 4, 1],
        [$load,   0, 0, 32],
        [$equal,  1, 0, 0],
        [$equal,  0, 1, 6],
        [$return, 0, 0, $allow],
        [$return, 0, 0, $refuse],
    );
    my @program = (
        [$load,   0, 0, 4],
        [$equal,  1, 0, $machine->{audit}],
        [$return, 0, 0, 0x00050000 | EPERM],
        [$load,   0, 0, 0],
        [$anyBit, 0, 1, 0x40000000],
        [$return, 0, 0, 0x00050000 | EPERM],
        [$equal,  0, 1, $IO_URING_SETUP],
        [$return, 0, 0, 0x00050000 | EPERM],
        [$equal,  1, 0, $machine->{socket}],
        [$return, 0, 0, $allow],
        @socket,
    );
    my $filter = join '', map { pack('SCCL', @$_) } @program;
    my $header = pack('Sx6P' . length $filter, scalar @program, $filter);
    control(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, $header);
}
