"""Word lists of the name and term patterns: closed classes, head nouns and their types. All are our own."""

import re

from paperconcepts.model import ConceptType

__all__ = """
ACRONYM_STOP CUE_TYPES GENERIC_TERMS GENERIC_WORDS HEADS NAME_TAILS SUFFIX_TYPES TERM_STOP head_type
""".split()

_TASK, _METHOD, _MODEL = ConceptType.TASK, ConceptType.METHOD, ConceptType.MODEL
_DATASET, _METRIC = ConceptType.DATASET, ConceptType.METRIC


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TERM_STOP = _words("""
a an the our this these those its their his her my your of in on for to with by from at as and or but nor is are was
were be been being has have had having do does did doing done can could may might will would should must not no we it
they i you he she one's which that who whom whose what when where while how why if then than thus hence also however
moreover furthermore therefore such each every all any some many most more less much few several various different
other
another same both either neither one two three four five six seven eight nine ten first second third new novel
existing
proposed current recent previous prior traditional conventional standard common popular typical general specific
particular certain simple complex effective efficient powerful strong weak better best good high low higher lower
large
small larger smaller larger-scale key main important significant crucial critical major minor additional further
overall
final full complete entire whole multiple diverse wide broad extensive comprehensive state-of-the-art
sota promising robust accurate scalable flexible lightweight innovative advanced sophisticated unified underlying
potential possible available challenging difficult hard easy fast slow rapid using use used uses utilize utilizes
utilizing utilized via through across over under between among within without into onto upon about against during
before
after show shows shown showing demonstrate demonstrates demonstrating demonstrated propose proposes proposing present
presents presenting introduce introduces introducing introduced develop develops developed developing train trains
trained achieve achieves achieved achieving outperform outperforms outperforming outperformed improve improves
improved
improving enhance enhances enhanced enhancing enable enables enabling enabled make makes making made leverage
leverages
leveraging leveraged employ employs employing employed based including include includes included like compared given
towards toward only even just very well highly often still yet already recently specifically especially particularly
typically usually generally finally respectively directly significantly substantially own despite due because since
although though whether there here them us so up out off down per vs et al i.e e.g respective resulting corresponding
related similar original called named termed namely offering offers offer provide provides providing provided perform
performs performing performed tackle tackles tackling address addresses addressing addressed solve solves solving
support supports supporting supported require requires requiring required allow allows allowing consider considers
considering apply applies applying applied explore explores exploring explored investigate investigates investigating
investigated study studies studying studied examine examines examining examined evaluate evaluates evaluating
evaluated
assess assesses assessing assessed analyze analyzes analyzing analyzed compare compares comparing reduce reduces
reducing reduced increase increases increasing increased decrease decreases decreasing boost boosts boosting
accelerate accelerates accelerating accelerated facilitate facilitates facilitating integrate integrates integrating
integrated combine combines combining combined incorporate incorporates incorporating incorporated generate generates
generating generated produce produces producing create creates creating created build builds building built design
designs
designing designed construct constructs constructing constructed learn learns learned predict predicts predicting
capture captures capturing
captured extend extends extending extended adapt adapts adapting follow follows following conduct conducts
conducting conducted focus focuses focusing remain remains remaining become becomes becoming emerge emerges emerged
lead leads leading led suffer suffers struggle struggles fail fails failing rely relies relying depend depends
depending
exhibit exhibits reveal reveals revealing find finds finding found identify identifies identifying suggest suggests
suggesting indicate indicates aim aims aiming seek seeks help helps helping need needs needed exceed exceeds exceeding
surpass surpasses surpassing ensure ensures ensuring maintain maintains maintaining mitigate mitigates mitigating
alleviate avoid avoids avoiding prevent prevents optimize optimizes optimizing modern various numerous
downstream subsequent latter former unseen real-world large-scale small-scale in-depth end-to-end human-like
cutting-edge
top-performing high-quality low-quality open-source closed-source publicly proprietary commercial public competitive
strong-performing superior inferior optimal suboptimal near-optimal desired target relevant useful interesting
fundamental essential core central basic classic classical theoretical empirical experimental practical realistic
analytical mathematical-sounding intuitive natural-looking interpretable-by-design explicit implicit desirable unlike
instead rather together alone whereas meanwhile nevertheless nonetheless today now once again always never ever
much-needed costly expensive cheap careful carefully unique inherent intrinsic extrinsic respective
challenging-to-solve
successful successfully effectively efficiently accurately automatically jointly simultaneously primarily mainly
largely
consistently remarkably notably surprisingly importantly additionally consequently ultimately essentially simply
merely
fully partially completely entirely highly-effective newly previously originally commonly widely broadly traditionally
enormous tremendous remarkable notable impressive considerable limited insufficient scarce abundant rich poor
varying varied distinct separate individual independent unclear unknown known well-known
serve serves serving act acts play plays bridge bridges fill fills guide guides guiding drive drives driving bring
brings
take takes taking give gives giving get gets getting keep keeps set sets put puts go goes come comes run runs
running work works
report reports reporting alongside beyond upon arbitrary identical internal external simple-yet-effective
plug-and-play better-than-average
towards vast main last next single entire
""")

GENERIC_WORDS = _words("""
method methods model models framework frameworks system systems approach approaches algorithm algorithms technique
techniques data dataset datasets task tasks problem problems performance training inference learning experiment
experiments result results paper work study analysis evaluation benchmark benchmarks metric metrics baseline baselines
architecture architectures network networks module modules strategy strategies mechanism mechanisms pipeline paradigm
objective function process procedure scheme setting settings scenario scenarios application applications domain
domains
field area research researcher code input output sample samples text image video language feature features
""")

GENERIC_TERMS = _words("""
language-model machine-learning-model learning-framework learning-algorithm training-method learning-method
model-training model-performance training-data base-model target-model teacher-model student-model training-process
evaluation-metric human-evaluation-metric automatic-metric loss-function objective-function evaluation-benchmark
benchmark-dataset training-dataset test-dataset public-dataset learning-process machine-learning-method
deep-learning-method
deep-learning-model neural-model learning-model prediction-model generation-model generation-task classification-task
downstream-task reasoning-task evaluation-task learning-task language-task multiple-task optimization-objective
training-strategy
training-objective training-framework model-architecture network-architecture model-selection parameter-optimization
""")

_STRONG, _WEAK = 0.6, 0.3
# How often a term with this head is a concept that the catalogue lacks, on the training gold: a strong head needs to be
# met once, a weak one twice (or as something the paper proposes).
_STRONG_HEADS = {
    _TASK: """
classification translation extraction answering retrieval ranking captioning parsing tagging modeling modelling
""",
    _METHOD: """
mechanism loss selection learning tuning fine-tuning finetuning augmentation decoding prompting pretraining tokenizer
distillation parallelism quantization pruning
""",
    _MODEL: "transformer encoder classifier autoencoder rnn cnn gnn gan vae",
}
_WEAK_HEADS = {
    _TASK: """
detection prediction generation reasoning synthesis editing recommendation restoration reconstruction tracking
planning
navigation verification estimation summarization segmentation recognition forecasting inpainting super-resolution
localization localisation completion understanding discovery matching manipulation animation denoising deblurring
stylization registration
""",
    _METHOD: """
compression pre-training optimization optimisation search scaling sampling alignment embedding attention
regularization
normalization descent unlearning merging engineering algorithm inference adaptation tokenization transfer simulation
interpolation watermarking steering guidance module adapter kernel scheduler optimizer sampler estimator
""",
    _MODEL: "network decoder model",
    _METRIC: "accuracy score rate",
}
HEADS: dict[str, tuple[ConceptType, float]] = {
    head: (label, confidence)
    for table, confidence in ((_STRONG_HEADS, _STRONG), (_WEAK_HEADS, _WEAK))
    for label, heads in table.items()
    for head in heads.split()
}

CUE_TYPES: dict[str, ConceptType] = {
    **dict.fromkeys("""
dataset datasets benchmark benchmarks corpus corpora leaderboard testbed collection suite
""".split(), _DATASET),
    **dict.fromkeys("""
model models network networks architecture architectures transformer transformers llm llms lm lms mllm vlm
encoder decoder backbone autoencoder classifier detector generator
""".split(), _MODEL),
    **dict.fromkeys("""
method methods framework frameworks algorithm algorithms approach approaches technique techniques strategy
strategies loss losses optimizer optimizers pipeline toolkit library system paradigm mechanism module scheme
procedure plugin tool tools platform agent agents recipe adapter attention sampler prompting
""".split(), _METHOD),
    **dict.fromkeys("metric metrics score scores measure".split(), _METRIC),
    **dict.fromkeys(["task", "tasks", "challenge"], _TASK),
}  # fmt: skip

NAME_TAILS = _words("""
based driven style like guided generated aware free level specific trained tuned powered enhanced augmented only size
scale agnostic oriented assisted inspired related centric optimized induced equipped compatible pretrained finetuned
to
and as of or vs family series type wise derived annotated labeled friendly conditioned integrated infused
""")  # fmt: skip

GENERIC_DEFINITIONS = frozenset(
    """
state-of-the-art; state of the art; artificial intelligence; artificial general intelligence; out-of-distribution;
out of distribution; in-distribution; independent and identically distributed; research question; user interface;
graphical user interface; natural language; human interest; active galactic nuclei; active galactic nucleus; point of
view; e-commerce; subject matter expert; internet of things; proof of concept; in-domain; out-of-domain; low-resource
language; high-resource language; catastrophic forgetting; virtual reality; augmented reality; electronic health
record;
central processing unit; graphics processing unit; application programming interface; world wide web; open source
""".replace("\n", " ")
    .strip()
    .split("; ")
)  # spelt-out terms that are no concept of ours, in lower case and singular

ACRONYM_STOP = _words("""
AI ML DL GPU GPUs CPU CPUs TPU TPUs API APIs URL URLs PDF HTML JSON XML CSV SQL US USA UK EU UN NASA CEO PhD OK II
III IV
VI VII VIII IX XI XII 1D 2D 3D 4D 5D 2-D 3-D RGB RAM OS PC IT ID IDs IP FAQ COVID COVID-19 DNA RNA MRI CT EEG ECG
NeurIPS
ICML ICLR ACL EMNLP NAACL CVPR ICCV ECCV AAAI IJCAI SIGIR KDD WWW ArXiv arXiv GitHub Github HuggingFace YouTube OpenAI
DeepMind iOS macOS NVIDIA AMD IBM AWS FAIR MIT GMT UTC TV CD VR AR XR IoT HPC FPGA ASIC CUDA FLOPs GB MB KB TB GHz
MHz kHz KM km kg mm ms ns A100 H100 V100 A6000 RTX GTX T4 A40 SOTA SoTA SotA HTTP HTTPS AM PM BC AD NB PS I.e E.g
AND OR NOT THE FOR HOW WHAT WHY WHO WHEN WHERE WITH AR/VR
Q&A QA NLP CV STEM LaTeX ID-based AGI Eq UI UX HR PR QoS R&D PyTorch TensorFlow K V Q W X Y Z N M D P McDonald
""")  # fmt: skip

SUFFIX_TYPES: tuple[tuple[re.Pattern[str], ConceptType], ...] = (
    (re.compile(
        r"(?:[Bb]ench(?:mark)?|QA|[Ee]val|Set|Data|Corpus|DB|Arena|Hop|NLI|Gym|-?1[Kk]|Wiki|Pedia"
        r"|Suite|Trivia|-\d+[KkMm]|Instruct-\d+k)$"), _DATASET),
    (re.compile(
        r"(?:[Nn]et|[Ff]ormer|BERT|BERTa|GPT|LM|LLM|LLMs|LMs|VLM|ViT|GAN|GANs|VAE|CNN|RNN|GNN|DiT"
        r"|[Dd]iffusion|CLIP|MoE|[Ll]lama|LLaMA|Mamba|SSM|LLaVA|T5|LSTM|ResNet|NeRF|Coder|Chat|VL"
        r"|VLA)(?:-?v?\d[\w.]*)?$|-\d+(?:\.\d+)?[BbMm](?:-\w+)?$"), _MODEL),
    (re.compile(
        r"(?:PO|RL|RAG|CoT|ToT|FT|SFT|LoRA|[Pp]rompt|[Tt]uning|PEFT|KD|SGD|Adam|[Aa]gent"
        r"|[Aa]ttention|[Ll]oss|RLHF|CFG|DDIM|MCTS|PPO|[Ss]earch|[Tt]une|Opt|Align|Guard)$"), _METHOD),
    (re.compile(r"(?:[Ss]core|Acc|BLEU|ROUGE|FID|Recall@\d+|@[\dk]+)$"), _METRIC),
)  # fmt: skip
