"""Words that any text uses: as names of concepts they would be found everywhere. Both lists are our own."""

__all__ = ["EVERYDAY_WORDS", "GENERIC_NAMES"]

# What any paper says of anything: never the name of one concept.
GENERIC_NAMES = frozenset(
    """
    algorithm analysis application approach architecture area aspect author baseline benchmark code
    component concept corpus data database dataset design domain effect evaluation example experiment feature field
    framework function goal idea inference information input issue key kind knowledge language layer learning length
    level library list measure mechanism method methodology metric model module name network number objective output
    paper parameter part performance phenomenon pipeline problem procedure process property quality question rate
    representation research result role sample scenario score set setting size solution source speed state step
    strategy structure study system task technique term test text theory tool training type value version word work
    """.split()
)

# Ordinary English words of which some are names too (Flamingo, Gorilla): these need a rule of case or context.
EVERYDAY_WORDS = frozenset(
    """
    ability access account accuracy ace act action active adam add age agent agree aid aim air alarm alert align alpaca
    alpha amber anchor angel angle animal answer ant apart apple april arch argue ark arm army arrow art aspect aspen
    atlas atom attention aurora auto avatar aware axis baby back bacon badge balance ball bamboo band bank bar bard bark
    base basic basket batch bay beacon beam bear beast beat beaver bee behave bell belt bench best beta big bike bind
    bird bit black blank blaze blend blink block bloom blue board boat body bolt bond bone book boost boosting border
    boss bottle bound bow bowl box brain branch brave bread break breeze brick bridge brief bright bring broad brush
    bubble bucket budget bug build bull burn bus bush butter butterfly button cable cactus cake call calm camel camera
    camp canary candle canvas car card care cargo carry cart case cash cast castle cat catch cause cave cedar cell
    centre chain chair chalk chance change charm chart chat check cheetah chef cherry chess chest chicken chief child
    chimera choice chorus circle city claim class classification clay clean clear clever climb clip clock close cloud
    clover coach coal coast coat cobra coconut coffee coin cold colour comet comic compass compose condor connect
    control cook cool copper coral core corn corner cost cotton cougar count course court cover cow crab craft crane
    cream creek crew crop cross crow crowd crown cruise crystal cube cup curve cut cycle daisy dance dark dart date dawn
    day deal debate decay deep deer delta demand depth desert desk dialogue diamond dice diet dig dip direct dish dive
    dog dolphin door dot doubt dove down dragon draw dream dress drift drill drink drive drop dropout drum duck dust
    eagle ear earth east easy echo eclipse edge effort egg elder element elephant elm elf ember emerald empty enable
    energy engine epic equal error escape ether even event evolve exact expert explore eye fable face fact fair falcon
    fall false fame family farm fast favour fear feather feed fence fern few fiber figure file film filter final find
    finch fine finger fire first fish fix flag flame flamingo flash flat fleet flight float flood floor flow flower
    fluid flute fly focus fog fold folk food foot force forest forge fork form fort fortune fossil fox frame free
    fresh frog front frost fruit fuel full fusion future galaxy game gap garden gate gaze gem general genie genius
    ghost giant gift ginger giraffe glacier glass globe glow glue goat gold golden goose gorilla grace grade grain
    grand grape graph grass gravity great green grid griffin grip grit ground group grow guard guess guide gulf gun
    habit hail hair half hall hammer hand handle happy harbor hard harmony harp harvest hat hawk haze head health heart
    heat heavy helix hello help hen herd heritage hero heron hidden high hill hint hit hold hole home honey hook hope
    horizon horn horse host hour house hub human humour hunt hydra ibis ice icon image impact index infinity ink inner
    insight intent iris iron island ivory ivy jackal jade jaguar jazz jet jewel job join joke journey joy judge juice
    jump juniper jury just keen keep kernel kettle kick kid king kite kitten kiwi knight knot koala label lace ladder
    lake lamb lamp lance land lantern large lark laser last latency launch laurel lava law lead leaf leap learn leave
    lemon lens leopard letter level liberty life lift light lily lime line link lion lizard llama load lobster local
    lock locust log logic long look loop lotus love low luck lumen luna lynx magic magnet mail maker mammoth mango
    mantis maple map marble march mark market mars mask master match matter maze meadow meal mean medal memory mercury
    merge merlin metal meteor midnight mile milk mill mind mine mint mirage mirror mist mix mobile moment money monkey
    month mood moon moose morning moss moth mother motion mountain mouse mouth move mule muse music narrow nature near
    nebula neck need needle negotiation nest net new news nexus night noise noon north nose note nova oak oasis oath
    observe ocean octopus odyssey oil olive omega omni one onion onyx open opera oracle orange orbit orca orchid order
    origin oryx osprey otter outlook owl owner ox oyster pace pack page paint palace pale palm panda panel panther
    pantheon paradise park parrot party pass past patch path pause peace peach peak pear pearl pelican pen pencil
    penguin people pepper person phoenix phrase piano picture piece pier pig pilot pine pink pipe pitch pixel place
    plain plan plane planet planning plant plate play plaza plot plug plus pocket poem poet point polar pond pony pool
    pooling poplar port post pot power prairie press pride prime prism prize probe promise prompt proof proud prune
    pruning pulse puma pump puzzle pyramid python quail quake quarry quartz queen quest quick quiet quill quiver rabbit
    race radar radius rail rain rainbow ram ranch range rank rapid raven ray reach read reader ready real reason
    reasoning recall record red reef reflect region regret rehearsal relay remark remote render repair report rescue
    reservoir rest return reveal rhyme rice ride ridge right ring rise rising river road robin robot rock rocket rod
    roof room root rope rose rouge round route row royal ruby rule run rush saber safe saga sage sail salmon salt sand
    sapphire satellite saturn save scale scan scarab scene scholar school science scope scorpion scout screen script
    scroll sea seal search season seat second secret seed seek sense serpent set shade shadow shape share shark sharp
    sheep shell shepherd shield shift shine ship shoe shop shore short shot show sibyl side sight sign signal silence
    silk silver simple single siren skill skin sky slate sleep slice slide slow small smart smile smoke smooth snail
    snake snow soap soar social soft soil solar solid solo song sonnet sort soul sound soup south space spade spark
    sparrow spear speech speedup sphere sphinx spice spider spin spiral spirit splash spoon spot spring sprite spruce
    square stable stack staff stage star start station stay steam steel stellar stem stone stop storm story stream
    street strike string strong style sugar summer summit sun sunrise surf surge swallow swan swarm sweet swift sword
    symphony table tail tale talent talk tank target taste taxi tea team tear temple tempo tent thin thing think thorn
    thought thread throne throughput thunder tide tie tiger tight time tiny tip titan toast today token tone tooth top
    topic torch tornado touch tower town toy trace track trade trail train trap travel treasure tree trend trial tribe
    trick trip triumph truck true trunk trust truth tulip tuna tune tunnel turbo turn turtle twin twist ultra
    ultrasound umbrella unicorn union unit unity universe up urban use vale valley vanilla vault vector velvet venture
    venus verse vest vibe victory view village vine viola violet viper virtue vision visit vista voice volcano vortex
    voyage vulture wait wake walk wall walnut walrus wand war warm wash wasp watch water wave way weak weather web
    wedge week west whale wheat wheel whisper white whole wide wild will willow wind window wine wing winter wire wisdom
    wise wish wit wolf wombat wonder wood wool world worm wrap wren write yard year yellow yes yield young zebra zen
    zenith zephyr zero zone zoo
    """.split()
)
